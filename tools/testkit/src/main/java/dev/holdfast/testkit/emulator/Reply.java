package dev.holdfast.testkit.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An emulated service's answer, without the headers that all of the service's answers have.
 *
 * @param status the status
 * @param contentType the value of {@code Content-Type}
 * @param body the body
 * @param headers further headers by their names
 */
public record Reply(int status, String contentType, String body, Map<String, String> headers) {
    private static final String TYPE = "application/json; charset=utf-8";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Returns an answer in JSON.
     *
     * @param status the status
     * @param document a string that is JSON, or maps, lists, strings and numbers that become JSON on one line
     * @return the answer
     */
    public static Reply json(int status, Object document) {
        return new Reply(status, TYPE, document instanceof String text ? text : written(document), Map.of());
    }

    private static String written(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns a success in plain text.
     *
     * @param body the text
     * @return the answer
     */
    public static Reply text(String body) {
        return new Reply(200, "text/plain; charset=utf-8", body, Map.of());
    }

    /**
     * Returns an answer in XML.
     *
     * @param status the status
     * @param body the document
     * @return the answer
     */
    public static Reply xml(int status, String body) {
        return new Reply(status, "text/xml; charset=utf-8", body, Map.of());
    }

    /**
     * Returns whether the status is a success.
     *
     * @return true from 200 to 299
     */
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /**
     * Returns the same answer with one header more.
     *
     * @param name the header's name
     * @param value the header's value
     * @return a new answer
     */
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more);
    }

    /**
     * Returns the reason phrase of a status.
     *
     * @param status the status
     * @return the phrase; empty where it is seldom used
     */
    public static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            // The phrase may be empty, and clients must not care.
            default -> "";
        };
    }
}
