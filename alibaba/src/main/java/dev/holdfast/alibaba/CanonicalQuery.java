package dev.holdfast.alibaba;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The query in the one spelling that both sides sign, whatever a client left unencoded. */
final class CanonicalQuery {
    private CanonicalQuery() {}

    /** Sorted by decoded name; values of one name stay in their order. */
    static String of(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return "";
        }
        Map<String, List<String>> sorted = new TreeMap<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                sorted.computeIfAbsent(decoded(name), n -> new ArrayList<>(1)).add(decoded(value));
            }
        }
        StringBuilder canonical = new StringBuilder(raw.length() + 8);
        sorted.forEach((name, values) -> values.forEach(value -> canonical
                .append(canonical.length() == 0 ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value))));
        return canonical.toString();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A percent sign that begins no pair of digits stands for itself.
            return text;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
