package dev.holdfast.core.credential;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Spells parts of an address in one way, whatever a client left unencoded: all but letters, digits and {@code -._~} as percent and upper-case digits. */
final class CanonicalText {
    private static final String HEX = "0123456789ABCDEF";

    private CanonicalText() {}

    private record Parameter(String sortKey, String encoded) {}

    static String query(@Nullable String raw, boolean byEncodedName) {
        if (raw == null || raw.isEmpty()) {
            return "";
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                byte[] name = decoded(equals < 0 ? pair : pair.substring(0, equals), true);
                byte[] value = decoded(equals < 0 ? "" : pair.substring(equals + 1), true);
                String encoded = encoded(name);
                parameters.add(new Parameter(
                        byEncodedName ? encoded : new String(name, StandardCharsets.UTF_8),
                        encoded + "=" + encoded(value)));
            }
        }
        // The sort is stable: values of one name stay in the order in which they are sent.
        parameters.sort(Comparator.comparing(Parameter::sortKey));
        return parameters.stream().map(Parameter::encoded).collect(Collectors.joining("&"));
    }

    static String segment(String raw) {
        return encoded(decoded(raw, false));
    }

    private static String encoded(byte[] bytes) {
        StringBuilder to = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            char c = (char) (b & 0xFF);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
                to.append(c);
            } else {
                to.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return to.toString();
    }

    /** A percent sign that begins no pair of digits stands for itself. */
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
