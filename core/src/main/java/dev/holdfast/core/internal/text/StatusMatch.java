package dev.holdfast.core.internal.text;

import org.jspecify.annotations.Nullable;

/** A status as rows and rules name it: a number, a class such as {@code 5xx}, or any. */
public record StatusMatch(int low, int high) {
    public static final StatusMatch ANY = new StatusMatch(Integer.MIN_VALUE, Integer.MAX_VALUE);

    public static StatusMatch exactly(int status) {
        return new StatusMatch(status, status);
    }

    public static StatusMatch parse(String text) {
        if (text.equals("*")) {
            return ANY;
        }
        if (text.length() == 3 && text.charAt(0) >= '1' && text.charAt(0) <= '9') {
            int hundred = (text.charAt(0) - '0') * 100;
            if (text.endsWith("xx")) {
                return new StatusMatch(hundred, hundred + 99);
            }
            int tens = text.charAt(1) - '0';
            int ones = text.charAt(2) - '0';
            if (tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9) {
                return exactly(hundred + tens * 10 + ones);
            }
        }
        throw new IllegalArgumentException(
                "status must be 100 to 999, a class such as 5xx, or *, but is \"" + text + "\"");
    }

    public boolean matches(int status) {
        return status >= low && status <= high;
    }

    /** Less is more specific. */
    public int width() {
        return low == high ? 0 : this.equals(ANY) ? 2 : 1;
    }

    @Nullable
    Integer single() {
        return low == high ? low : null;
    }

    @Override
    public String toString() {
        return low == high ? Integer.toString(low) : equals(ANY) ? "*" : low / 100 + "xx";
    }
}
