package dev.holdfast.core.internal.text;

import java.util.Locale;

/** A code with {@code *} for any characters, compared without case and without regular expressions. */
public final class CodePattern {
    private final String text;
    private final String[] parts;

    public CodePattern(String text) {
        this.text = text;
        this.parts = text.toLowerCase(Locale.ROOT).split("\\*", -1);
    }

    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0;
    }

    public boolean matches(String code) {
        String lower = code.toLowerCase(Locale.ROOT);
        if (parts.length == 1) {
            return lower.equals(parts[0]);
        }
        String last = parts[parts.length - 1];
        int end = lower.length() - last.length();
        int at = parts[0].length();
        if (end < at || !lower.startsWith(parts[0]) || !lower.endsWith(last)) {
            return false;
        }
        for (int i = 1; i < parts.length - 1; i++) {
            int found = lower.indexOf(parts[i], at);
            if (found < 0 || found + parts[i].length() > end) {
                return false;
            }
            at = found + parts[i].length();
        }
        return true;
    }

    public int literalLength() {
        return text.length() - parts.length + 1;
    }

    @Override
    public String toString() {
        return text;
    }
}
