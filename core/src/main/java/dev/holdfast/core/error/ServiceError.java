package dev.holdfast.core.error;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a parsed answer says. Immutable.
 *
 * <p>Code, target and request ids are cut to {@value #NAME_LIMIT} characters and hold no control characters, because they stand in log
 * lines and whoever answers must not be able to forge one.
 *
 * @param code the vendor's code, or null where the answer has none
 * @param message the vendor's sentence, cut to {@value #MESSAGE_LIMIT} characters, or null
 * @param target what the error is about, or null
 * @param requestIds all ids that a vendor's support asks for, in the order of their worth; may be empty
 * @param further errors beside or below the deciding one
 * @param captured values that stood in the message's placeholders, by name; empty until a template matched
 * @param parsed whether the body was an error document of a known shape
 */
public record ServiceError(
        @Nullable String code,
        @Nullable String message,
        @Nullable String target,
        Map<String, String> requestIds,
        List<Further> further,
        Map<String, String> captured,
        boolean parsed)
        implements Serializable {

    /** The longest message kept, in characters. */
    public static final int MESSAGE_LIMIT = 2048;

    /** The longest code, target or request id kept, in characters. */
    public static final int NAME_LIMIT = 256;

    private static final ServiceError NONE = new ServiceError(null, null, null, Map.of(), List.of(), Map.of(), false);

    /**
     * An error beside or below the deciding one.
     *
     * @param code its code, or null
     * @param message its sentence, or null
     * @param target what it is about, or null
     */
    public record Further(
            @Nullable String code,
            @Nullable String message,
            @Nullable String target) implements Serializable {

        /**
         * Cuts what is too long.
         *
         * @param code its code, or null
         * @param message its sentence, or null
         * @param target what it is about, or null
         */
        public Further {
            message = cut(message, MESSAGE_LIMIT);
        }
    }

    /**
     * Cuts what is too long and copies what could change.
     *
     * @param code the vendor's code, or null where the answer has none
     * @param message the vendor's sentence, cut to {@value #MESSAGE_LIMIT} characters, or null
     * @param target what the error is about, or null
     * @param requestIds all ids that a vendor's support asks for, in the order of their worth; may be empty
     * @param further errors beside or below the deciding one
     * @param captured values that stood in the message's placeholders, by name; empty until a template matched
     * @param parsed whether the body was an error document of a known shape
     */
    public ServiceError {
        code = name(code);
        message = cut(blankToNull(message), MESSAGE_LIMIT);
        target = name(target);
        requestIds = names(requestIds);
        further = List.copyOf(further);
        captured = copy(captured);
    }

    /**
     * An answer that says nothing.
     *
     * @return the empty error, not parsed
     */
    public static ServiceError none() {
        return NONE;
    }

    /**
     * An error of a known shape.
     *
     * @param code the vendor's code, or null
     * @param message the vendor's sentence, or null
     * @return the error; it counts as parsed if one of the two is there
     */
    public static ServiceError of(@Nullable String code, @Nullable String message) {
        boolean parsed = blankToNull(code) != null || blankToNull(message) != null;
        return new ServiceError(code, message, null, Map.of(), List.of(), Map.of(), parsed);
    }

    /**
     * A text that is no document: a plain body or the title of a page.
     *
     * @param message the text, or null
     * @return the error, not parsed
     */
    public static ServiceError text(@Nullable String message) {
        return new ServiceError(null, message, null, Map.of(), List.of(), Map.of(), false);
    }

    /**
     * The same with a target.
     *
     * @param newTarget what the error is about, or null
     * @return a copy
     */
    public ServiceError withTarget(@Nullable String newTarget) {
        return newTarget == null && target == null
                ? this
                : new ServiceError(code, message, newTarget, requestIds, further, captured, parsed);
    }

    /**
     * The same with request ids.
     *
     * @param newIds all of them, in order
     * @return a copy
     */
    public ServiceError withRequestIds(Map<String, String> newIds) {
        return newIds.isEmpty() && requestIds.isEmpty()
                ? this
                : new ServiceError(code, message, target, newIds, further, captured, parsed);
    }

    /**
     * The same with further errors.
     *
     * @param newFurther the others
     * @return a copy
     */
    public ServiceError withFurther(List<Further> newFurther) {
        return new ServiceError(code, message, target, requestIds, newFurther, captured, parsed);
    }

    /**
     * The same with the values captured from the message.
     *
     * @param newCaptured values by name
     * @return a copy
     */
    public ServiceError withCaptured(Map<String, String> newCaptured) {
        return newCaptured.isEmpty()
                ? this
                : new ServiceError(code, message, target, requestIds, further, newCaptured, parsed);
    }

    /**
     * The same without a secret that the vendor has put into what it says.
     *
     * @param secret what must not be shown
     * @return this where it does not stand anywhere, else a copy with {@code ***} in its place
     */
    public ServiceError without(String secret) {
        ServiceError masked = new ServiceError(
                mask(code, secret),
                mask(message, secret),
                mask(target, secret),
                masked(requestIds, secret),
                further.stream()
                        .map(other -> new Further(
                                mask(other.code(), secret),
                                mask(other.message(), secret),
                                mask(other.target(), secret)))
                        .toList(),
                masked(captured, secret),
                parsed);
        return masked.equals(this) ? this : masked;
    }

    private static Map<String, String> masked(Map<String, String> values, String secret) {
        Map<String, String> masked = new LinkedHashMap<>(values);
        masked.replaceAll((name, value) -> Masking.of(value, secret));
        return masked;
    }

    private static @Nullable String mask(@Nullable String text, String secret) {
        return text == null ? null : Masking.of(text, secret);
    }

    /**
     * The id to quote to the vendor.
     *
     * @return the first request id, or null
     */
    public @Nullable String requestId() {
        return requestIds.isEmpty() ? null : requestIds.values().iterator().next();
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static @Nullable String cut(@Nullable String text, int limit) {
        if (text == null || text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }

    private static @Nullable String name(@Nullable String text) {
        if (text == null || !hasControl(text)) {
            return cut(blankToNull(text), NAME_LIMIT);
        }
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (Character.isISOControl(clean.charAt(i))) {
                clean.setCharAt(i, ' ');
            }
        }
        return cut(blankToNull(clean.toString()), NAME_LIMIT);
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> names(Map<String, String> ids) {
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

    private static Map<String, String> copy(Map<String, String> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
