package dev.holdfast.core.error;

import org.jspecify.annotations.Nullable;

/** A status as rows and rules name it: a number, a class such as {@code 5xx}, or any. */
record StatusMatch(int low, int high) {
    static final StatusMatch ANY = new StatusMatch(Integer.MIN_VALUE, Integer.MAX_VALUE);

    static StatusMatch exactly(int status) {
        return new StatusMatch(status, status);
    }

    static StatusMatch parse(String text) {
        if (text.equals("*")) {
            return ANY;
        }
        if (text.length() == 3 && text.endsWith("xx") && Character.isDigit(text.charAt(0))) {
            int hundred = (text.charAt(0) - '0') * 100;
            return new StatusMatch(hundred, hundred + 99);
        }
        try {
            return exactly(Integer.parseInt(text));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "status must be a number, a class such as 5xx, or *, but is \"" + text + "\"", notANumber);
        }
    }

    boolean matches(int status) {
        return status >= low && status <= high;
    }

    /** Less is more specific. */
    int width() {
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
