package dev.holdfast.core.jdk;

/** What a signer or a hook puts into a header. */
final class HeaderValue {
    private HeaderValue() {}

    /** Visible ASCII and blanks; the JDK would check it too, and show the value. */
    static void check(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException(
                        "the value of " + name + " must be of visible ASCII characters, but is not at index " + i);
            }
        }
    }
}
