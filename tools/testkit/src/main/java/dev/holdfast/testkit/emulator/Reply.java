package dev.holdfast.testkit.emulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the emulated service answers, before the headers that all of its answers have. */
record Reply(int status, String contentType, String body, Map<String, String> headers) {
    private static final String JSON = "application/json; charset=utf-8";

    static Reply json(int status, Object document) {
        return new Reply(status, JSON, document instanceof String text ? text : Documents.write(document), Map.of());
    }

    static Reply text(String body) {
        return new Reply(200, "text/plain; charset=utf-8", body, Map.of());
    }

    static Reply xml(int status, String body) {
        return new Reply(status, "text/xml; charset=utf-8", body, Map.of());
    }

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** The same with a header more. */
    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more);
    }

    static String reason(int status) {
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
