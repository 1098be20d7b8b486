package dev.holdfast.testkit.emulator;

import dev.holdfast.core.response.HeaderFields;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as an emulated service sees it.
 *
 * @param method the HTTP method
 * @param path the path, with no slash at its end and one at its beginning
 * @param query the values of each parameter, decoded and in order
 * @param headers its headers
 * @param body its body; empty where there is none
 */
public record EmulatedRequest(
        String method, String path, Map<String, List<String>> query, HeaderFields headers, String body) {

    /**
     * Reads the target of a request.
     *
     * @param method the HTTP method
     * @param target path and query as sent
     * @param headers its headers
     * @param body its body; empty where there is none
     * @return the request
     */
    public static EmulatedRequest of(String method, String target, HeaderFields headers, String body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        // Clients that join a base address and a path ask for //path (MSAL4J 1.23.1 does), and servers put up with it.
        path = path.startsWith("//") ? path.substring(1) : path;
        boolean slashed = path.length() > 1 && path.endsWith("/");
        return new EmulatedRequest(
                method,
                slashed ? path.substring(0, path.length() - 1) : path,
                parameters(question < 0 ? "" : target.substring(question + 1)),
                headers,
                body);
    }

    private static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                all.computeIfAbsent(decoded(name), n -> new ArrayList<>(1)).add(decoded(value));
            }
        }
        return all;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A percent sign that is none: the service will not know the value, and say so.
            return text;
        }
    }

    /**
     * Returns the first value of a parameter.
     *
     * @param name the parameter's name
     * @return the value, or null if there is none
     */
    public @Nullable String parameter(String name) {
        List<String> values = query.get(name);
        return values == null ? null : values.get(0);
    }

    /**
     * Returns whether any parameter has several values.
     *
     * @return true if one has
     */
    public boolean hasDuplicates() {
        return query.values().stream().anyMatch(values -> values.size() > 1);
    }

    /**
     * Returns whether the path is a root or lies below the root.
     *
     * @param root a path with no slash at its end
     * @return true if it does
     */
    public boolean under(String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }

    /**
     * Returns whether a proxy has forwarded the request.
     *
     * @return true if there is an {@code X-Forwarded-For}
     */
    public boolean isForwarded() {
        return headers.first("X-Forwarded-For") != null;
    }

    /**
     * Returns the token that follows {@code Bearer} in {@code Authorization}.
     *
     * @return the token; empty if the header has another form; null if there is no header
     */
    public @Nullable String bearer() {
        String value = headers.first("Authorization");
        if (value == null) {
            return null;
        }
        return value.toLowerCase(Locale.ROOT).startsWith("bearer ")
                ? value.substring(7).strip()
                : "";
    }
}
