package dev.holdfast.core.internal.call;

/** What a signer or a hook puts into a header; the same for every adapter. */
public final class HeaderValue {
    /** RFC 9110, section 5.6.2. */
    private static final String SEPARATORS = "\"(),/:;<=>?@[\\]{}";

    private HeaderValue() {}

    /**
     * Lets pass visible ASCII and blanks in the value, and a token in the name. HTTP clients check this too, and show the value; in place
     * of a name they show what may be a value that was put there by mistake.
     *
     * @param name the header's name
     * @param value its value
     * @throws IllegalArgumentException if one has other characters; says where and never what
     */
    public static void check(String name, String value) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c > '~' || SEPARATORS.indexOf(c) >= 0) {
                throw new IllegalArgumentException("a header's name must be a token of HTTP, but is not at index " + i
                        + " of " + name.length() + " (not shown)");
            }
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException(
                        "the value of " + name + " must be of visible ASCII characters, but is not at index " + i);
            }
        }
    }
}
