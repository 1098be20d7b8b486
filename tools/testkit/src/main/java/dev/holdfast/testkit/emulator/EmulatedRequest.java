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

/** A request as an emulated service sees it. */
record EmulatedRequest(String method, String path, Map<String, List<String>> query, HeaderFields headers, String body) {

    static EmulatedRequest of(String method, String target, HeaderFields headers, String body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        // Where its address is set by the environment, MSAL4J 1.23.1 asks for //metadata/…, and it must work here too.
        path = path.startsWith("//metadata/") ? path.substring(1) : path;
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

    /** The first value, or null. */
    @Nullable
    String parameter(String name) {
        List<String> values = query.get(name);
        return values == null ? null : values.get(0);
    }

    boolean hasDuplicates() {
        return query.values().stream().anyMatch(values -> values.size() > 1);
    }

    boolean under(String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }

    boolean isForwarded() {
        return headers.first("X-Forwarded-For") != null;
    }

    /** What follows {@code Bearer}; empty where the header has another form; null where there is none. */
    @Nullable
    String bearer() {
        String value = headers.first("Authorization");
        if (value == null) {
            return null;
        }
        return value.toLowerCase(Locale.ROOT).startsWith("bearer ")
                ? value.substring(7).strip()
                : "";
    }
}
