package dev.holdfast.core.response;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a vendor's texts short and free of control characters: they stand in log lines. */
final class ErrorText {
    private ErrorText() {}

    static boolean hasText(@Nullable String text) {
        return blankToNull(text) != null;
    }

    static @Nullable String sentence(@Nullable String text) {
        return cut(blankToNull(onOneLine(text)), ServiceError.MESSAGE_LIMIT);
    }

    static @Nullable String cut(@Nullable String text, int limit) {
        if (text == null || text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }

    static @Nullable String name(@Nullable String text) {
        return cut(blankToNull(onOneLine(text)), ServiceError.NAME_LIMIT);
    }

    /** Puts a blank for each character that ends a line, moves the cursor or turns the direction of what follows. */
    static @Nullable String onOneLine(@Nullable String text) {
        int first = firstControl(text);
        if (text == null || first < 0) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text);
        for (int i = first; i < clean.length(); i++) {
            if (isControl(clean.charAt(i))) {
                clean.setCharAt(i, ' ');
            }
        }
        return clean.toString();
    }

    static Map<String, String> names(Map<String, String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        if (ids.size() == 1) {
            Map.Entry<String, String> only = ids.entrySet().iterator().next();
            String id = name(only.getValue());
            return id == null ? Map.of() : Map.of(only.getKey(), id);
        }
        Map<String, String> clean = new LinkedHashMap<>();
        ids.forEach((key, id) -> {
            String name = name(id);
            if (name != null) {
                clean.put(key, name);
            }
        });
        return Collections.unmodifiableMap(clean);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static int firstControl(@Nullable String text) {
        for (int i = 0; text != null && i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isControl(char c) {
        if (c >= ' ' && c <= '~') {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
