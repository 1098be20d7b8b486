package dev.holdfast.core.internal.call;

/** What a signer or a hook puts into a header; the same for every adapter. */
public final class HeaderValue {
    private HeaderValue() {}

    /**
     * Lets pass visible ASCII and blanks. HTTP clients check this too, and show the value.
     *
     * @param name the header's name
     * @param value its value
     * @throws IllegalArgumentException if it has other characters; says where and never what
     */
    public static void check(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException(
                        "the value of " + name + " must be of visible ASCII characters, but is not at index " + i);
            }
        }
    }
}
