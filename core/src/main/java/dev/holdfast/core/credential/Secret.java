package dev.holdfast.core.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value that must be seen by nobody but the service it is for. It never prints. Immutable. */
public final class Secret {
    /** What a server accepts in one header line; tokens of directories with many groups come near it. */
    public static final int LONGEST_TOKEN = 16 * 1024;

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * A secret of any characters, such as a key that signs and is never sent.
     *
     * @param value the value
     * @return the secret
     * @throws IllegalArgumentException if empty
     */
    public static Secret of(String value) {
        if (Objects.requireNonNull(value, "secret must not be null").isEmpty()) {
            throw new IllegalArgumentException("secret must not be empty");
        }
        return new Secret(value);
    }

    /**
     * A secret that will stand in a header: checked before any HTTP client sees it, because some echo what they refuse. One newline at the
     * end, as metadata services send it, is taken off. No vendor's token begins with {@code <} or an opening brace, and a page or document of
     * something between does.
     *
     * @param value the value as it was received
     * @return the secret
     * @throws IllegalArgumentException if empty, a document, longer than {@value #LONGEST_TOKEN} characters, or with anything but visible ASCII; says
     *     where and never what
     */
    public static Secret token(String value) {
        String token = withoutNewline(Objects.requireNonNull(value, "token must not be null"));
        if (token.isEmpty()) {
            throw new IllegalArgumentException("token must not be empty");
        }
        if (token.charAt(0) == '<' || token.charAt(0) == '{') {
            throw new IllegalArgumentException("token must be a text, but is a document (not shown)");
        }
        if (token.length() > LONGEST_TOKEN) {
            throw new IllegalArgumentException("token must not be longer than " + LONGEST_TOKEN
                    + " characters, but has " + token.length() + " (not shown)");
        }
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c <= ' ' || c > '~') {
                throw new IllegalArgumentException("token must be of visible ASCII characters, but is not at index " + i
                        + " of " + token.length() + " (not shown)");
            }
        }
        return new Secret(token);
    }

    private static String withoutNewline(String value) {
        int end = value.length();
        if (end > 0 && value.charAt(end - 1) == '\n') {
            end--;
            if (end > 0 && value.charAt(end - 1) == '\r') {
                end--;
            }
        }
        return value.substring(0, end);
    }

    /**
     * The value, for whoever builds a request or a signature.
     *
     * @return the value; never to be logged
     */
    public String value() {
        return value;
    }

    /** By value, in a time that does not depend on where two values differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[not shown]";
    }
}
