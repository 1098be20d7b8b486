package dev.holdfast.core.response;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a parsed answer says. Immutable.
 *
 * <p>Code, target and request ids are cut to {@value #NAME_LIMIT} characters, messages to {@value #MESSAGE_LIMIT}. In all of them a blank
 * stands for each control character, line end and mark of direction, because they stand in log lines, which no answer may forge.
 */
public final class ServiceError implements Serializable {
    private static final long serialVersionUID = 1;

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
     * @serial exclude
     */
    // Error Prone does not know that javadoc reads the tag on a class: without the tag, the components need comments
    // that they cannot have.
    @SuppressWarnings("InvalidBlockTag")
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
            code = ErrorText.onOneLine(code);
            message = ErrorText.cut(ErrorText.onOneLine(message), MESSAGE_LIMIT);
            target = ErrorText.onOneLine(target);
        }
    }

    /** Returned by {@link #code()}. */
    private final @Nullable String code;
    /** Returned by {@link #message()}. */
    private final @Nullable String message;
    /** Returned by {@link #target()}. */
    private final @Nullable String target;
    /** Returned by {@link #requestIds()}. */
    private final Map<String, String> requestIds;
    /** Returned by {@link #further()}. */
    private final List<Further> further;
    /** Returned by {@link #captured()}. */
    private final Map<String, String> captured;
    /** Returned by {@link #parsed()}. */
    private final boolean parsed;

    ServiceError(
            @Nullable String code,
            @Nullable String message,
            @Nullable String target,
            Map<String, String> requestIds,
            List<Further> further,
            Map<String, String> captured,
            boolean parsed) {
        this.code = ErrorText.name(code);
        this.message = ErrorText.sentence(message);
        this.target = ErrorText.name(target);
        this.requestIds = ErrorText.names(requestIds);
        this.further = List.copyOf(further);
        this.captured = copy(captured);
        this.parsed = parsed;
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
        boolean parsed = ErrorText.hasText(code) || ErrorText.hasText(message);
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
     * The vendor's code.
     *
     * @return the code, or null where the answer has none
     */
    public @Nullable String code() {
        return code;
    }

    /**
     * The vendor's sentence.
     *
     * @return the sentence, cut to {@value #MESSAGE_LIMIT} characters, or null
     */
    public @Nullable String message() {
        return message;
    }

    /**
     * What the error is about.
     *
     * @return the target, or null
     */
    public @Nullable String target() {
        return target;
    }

    /**
     * All ids that a vendor's support asks for, in the order of their worth.
     *
     * @return an unmodifiable map; may be empty
     */
    public Map<String, String> requestIds() {
        return requestIds;
    }

    /**
     * Errors beside or below the deciding one.
     *
     * @return an unmodifiable list; may be empty
     */
    public List<Further> further() {
        return further;
    }

    /**
     * Values that stood in the message's placeholders, by name.
     *
     * @return an unmodifiable map; empty until a template matched
     */
    public Map<String, String> captured() {
        return captured;
    }

    /**
     * Whether the body was an error document of a known shape.
     *
     * @return true if it was
     */
    public boolean parsed() {
        return parsed;
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
     * The same with request ids and with the values captured from the message.
     *
     * @param newIds all request ids, in order
     * @param newCaptured values by name
     * @return this where neither changes, else a copy
     */
    public ServiceError with(Map<String, String> newIds, Map<String, String> newCaptured) {
        return newIds.equals(requestIds) && newCaptured.equals(captured)
                ? this
                : new ServiceError(code, message, target, newIds, further, newCaptured, parsed);
    }

    /**
     * The same without a secret that the vendor has put into what it says: without any run of 8 or more of its characters, plain or
     * encoded (percent, HTML, JSON, base64), in either case of letters, or broken by blanks and line ends. Of a JWT the common first part
     * alone is no secret.
     *
     * @param secret what must not be shown
     * @return this where it does not stand anywhere, else a copy with {@code ***} in its place
     */
    public ServiceError without(String secret) {
        return equals(NONE) ? this : new Redaction(secret).of(this);
    }

    /**
     * The id to quote to the vendor.
     *
     * @return the first request id, or null
     */
    public @Nullable String requestId() {
        return requestIds.isEmpty() ? null : requestIds.values().iterator().next();
    }

    private static Map<String, String> copy(Map<String, String> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServiceError that
                && Objects.equals(code, that.code)
                && Objects.equals(message, that.message)
                && Objects.equals(target, that.target)
                && requestIds.equals(that.requestIds)
                && further.equals(that.further)
                && captured.equals(that.captured)
                && parsed == that.parsed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, message, target, requestIds, further, captured, parsed);
    }

    /** Shows all but the text of a body that is no document: it may be a token, or hold one. */
    @Override
    public String toString() {
        String shown = parsed || message == null ? message : "(a text, not shown)";
        return "ServiceError[code=" + code + ", message=" + shown + ", target=" + target + ", requestIds=" + requestIds
                + ", further=" + further + ", captured=" + captured + ", parsed=" + parsed + "]";
    }
}
