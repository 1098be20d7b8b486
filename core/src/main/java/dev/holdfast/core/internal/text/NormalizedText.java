package dev.holdfast.core.internal.text;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text reduced to what makes its sentence: in lower case, without blanks, quotes and dots at its end, with entities as their characters. It finds its way
 * back to the original, so that a captured value is given as it was sent. Immutable.
 */
public final class NormalizedText {
    /** Backticks and asterisks are the quotes of documents, from which services take their sentences; a backslash escapes a quote. */
    private static final String ASCII_DROPPED = "\"'`*\\\u007f";

    private static final String OTHER_DROPPED =
            "\u0085\u00a0\u00ab\u00b4\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f"
                    + "\u2028\u2029\u202f\u2039\u203a\u205f\u2060\u3000\ufeff";

    /** No entity that is known here is longer, with its ampersand and semicolon. */
    private static final int LONGEST_ENTITY = 7;

    private final String original;
    private final char[] folded;
    private final int length;
    private final int lengthWithDots;

    private NormalizedText(String original) {
        this.original = original;
        this.folded = new char[original.length()];
        this.lengthWithDots = fold(original, folded, null);
        int end = lengthWithDots;
        while (end > 0 && (folded[end - 1] == '.' || folded[end - 1] == '\u3002')) {
            end--;
        }
        this.length = end;
    }

    public static NormalizedText of(String original) {
        return new NormalizedText(original);
    }

    /** The origins are, for each folded character, where it begins and where it ends in the original. */
    private static int fold(String text, char[] into, int @Nullable [] origins) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int start = i;
            if (c == '&') {
                int end = semicolon(text, i);
                char entity = end < 0 ? 0 : entity(text, i + 1, end);
                if (entity != 0) {
                    c = entity;
                    i = end;
                }
            }
            if (!dropped(c)) {
                into[length] = Character.toLowerCase(c);
                if (origins != null) {
                    origins[2 * length] = start;
                    origins[2 * length + 1] = i + 1;
                }
                length++;
            }
        }
        return length;
    }

    private static boolean dropped(char c) {
        if (c <= ' ') {
            return true;
        }
        return c < 0x80 ? ASCII_DROPPED.indexOf(c) >= 0 : (c >= 0x2000 && c <= 0x200f) || OTHER_DROPPED.indexOf(c) >= 0;
    }

    private static int semicolon(String text, int ampersand) {
        int before = Math.min(text.length(), ampersand + LONGEST_ENTITY);
        for (int i = ampersand + 1; i < before; i++) {
            if (text.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    private static char entity(String text, int start, int end) {
        return switch (text.substring(start, end).toLowerCase(Locale.ROOT)) {
            case "quot", "apos", "nbsp", "#34", "#39", "#160", "#x22", "#x27", "#xa0" -> '"';
            case "lt", "#60", "#x3c" -> '<';
            case "gt", "#62", "#x3e" -> '>';
            case "amp", "#38", "#x26" -> '&';
            default -> 0;
        };
    }

    int length() {
        return length;
    }

    /** The length with the dots at its end, for a template that ends with a place for any text. */
    int lengthWithDots() {
        return lengthWithDots;
    }

    boolean matchesAt(int at, String literal) {
        if (at < 0 || at + literal.length() > lengthWithDots) {
            return false;
        }
        for (int i = 0; i < literal.length(); i++) {
            if (folded[at + i] != literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    int indexOf(String literal, int from, int before) {
        for (int at = from; at + literal.length() <= before; at++) {
            if (matchesAt(at, literal)) {
                return at;
            }
        }
        return -1;
    }

    /** The original text between two places of the folded one, without the blanks and quotes at its edges. */
    String between(int from, int to) {
        int[] origins = new int[2 * original.length()];
        fold(original, new char[original.length()], origins);
        int start = from == 0 ? 0 : origins[2 * from - 1];
        int end = to < lengthWithDots ? origins[2 * to] : original.length();
        return trim(original.substring(start, end));
    }

    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && edge(text.charAt(start))) {
            start++;
        }
        while (end > start && edge(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** An asterisk may be the value itself, such as a wildcard. */
    private static boolean edge(char c) {
        return c != '*' && dropped(c);
    }

    /** The whole sentence, with the dots at its end. */
    String withDots() {
        return new String(folded, 0, lengthWithDots);
    }

    @Override
    public String toString() {
        return new String(Arrays.copyOf(folded, length));
    }
}
