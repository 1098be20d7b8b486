package dev.holdfast.huawei;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Path and query in the one spelling that both sides sign, whatever a client left unencoded. */
final class CanonicalUrl {
    private static final String HEX = "0123456789ABCDEF";

    private CanonicalUrl() {}

    /** Always with a slash at its end; a slash within a segment stays encoded. */
    static String path(@Nullable String raw) {
        int end = raw == null ? 0 : raw.length();
        while (raw != null && end > 0 && raw.charAt(end - 1) == '/') {
            end--;
        }
        if (raw == null || end == 0) {
            return "/";
        }
        StringBuilder canonical = new StringBuilder(raw.length() + 8);
        for (String segment : raw.substring(0, end).split("/", -1)) {
            encode(canonical, segment, false).append('/');
        }
        return canonical.toString();
    }

    /** Sorted by name; values of one name stay in their order, as the vendor's SDK leaves them. */
    static String query(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return "";
        }
        Map<String, List<String>> sorted = new TreeMap<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                sorted.computeIfAbsent(encode(new StringBuilder(), name, true).toString(), n -> new ArrayList<>(1))
                        .add(encode(new StringBuilder(), value, true).toString());
            }
        }
        StringBuilder canonical = new StringBuilder(raw.length() + 8);
        sorted.forEach((name, values) -> values.forEach(value -> canonical
                .append(canonical.length() == 0 ? "" : "&")
                .append(name)
                .append('=')
                .append(value)));
        return canonical.toString();
    }

    /** Whatever is encoded is decoded first; a percent sign that begins no pair of digits stands for itself. */
    private static StringBuilder encode(StringBuilder to, String text, boolean plusIsBlank) {
        for (byte b : decoded(text, plusIsBlank)) {
            char c = (char) (b & 0xFF);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
                to.append(c);
            } else {
                to.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return to;
    }

    private static byte[] decoded(String text, boolean plusIsBlank) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                out.write((high << 4) | low);
                i += 2;
            } else {
                out.write(bytes[i] == '+' && plusIsBlank ? ' ' : bytes[i]);
            }
        }
        return out.toByteArray();
    }
}
