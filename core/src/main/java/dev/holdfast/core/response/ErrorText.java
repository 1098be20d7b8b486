package dev.holdfast.core.response;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a vendor's texts short, and those that stand in log lines free of control characters. */
final class ErrorText {
    private ErrorText() {}

    static boolean hasText(@Nullable String text) {
        return blankToNull(text) != null;
    }

    static @Nullable String sentence(@Nullable String text) {
        return cut(blankToNull(text), ServiceError.MESSAGE_LIMIT);
    }

    static @Nullable String cut(@Nullable String text, int limit) {
        if (text == null || text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }

    static @Nullable String name(@Nullable String text) {
        if (text == null || !hasControl(text)) {
            return cut(blankToNull(text), ServiceError.NAME_LIMIT);
        }
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (Character.isISOControl(clean.charAt(i))) {
                clean.setCharAt(i, ' ');
            }
        }
        return cut(blankToNull(clean.toString()), ServiceError.NAME_LIMIT);
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

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
