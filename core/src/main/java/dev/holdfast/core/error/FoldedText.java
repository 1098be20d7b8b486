package dev.holdfast.core.error;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text reduced to what makes its sentence: without blanks, quotes, Markdown, escapes, a trailing dot, in lower case. It can
 * find its way back to the original, so that a captured value is given as it was sent.
 */
final class FoldedText {
    private static final String ASCII_DROPPED = "\"'`*_\\\u007f";
    private static final String OTHER_DROPPED =
            "\u00a0\u00ab\u00b4\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u3000\ufeff";

    private final String original;
    private final char[] folded;
    private final int length;

    private FoldedText(String original, char[] folded, int length) {
        this.original = original;
        this.folded = folded;
        this.length = length;
    }

    static FoldedText of(String original) {
        char[] folded = new char[original.length()];
        int length = fold(original, folded, null);
        return new FoldedText(original, folded, length);
    }

    private static int fold(String text, char[] into, int @Nullable [] origins) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int start = i;
            if (c == '&') {
                int end = text.indexOf(';', i);
                char entity = end > i && end - i <= 6 ? entity(text, i + 1, end) : 0;
                if (entity != 0) {
                    c = entity;
                    i = end;
                }
            } else if (c == '\\' && i + 5 < text.length() && text.charAt(i + 1) == 'u') {
                int unit = hex(text, i + 2);
                if (unit >= 0) {
                    c = (char) unit;
                    i += 5;
                }
            }
            if (!dropped(c)) {
                into[length] = Character.toLowerCase(c);
                if (origins != null) {
                    origins[length] = start;
                }
                length++;
            }
        }
        while (length > 0 && (into[length - 1] == '.' || into[length - 1] == '\u3002')) {
            length--;
        }
        return length;
    }

    private static boolean dropped(char c) {
        if (c <= ' ') {
            return c != MessageTemplate.MARK;
        }
        return c < 0x80 ? ASCII_DROPPED.indexOf(c) >= 0 : (c >= 0x2000 && c <= 0x200f) || OTHER_DROPPED.indexOf(c) >= 0;
    }

    private static char entity(String text, int start, int end) {
        return switch (text.substring(start, end)) {
            case "quot", "apos", "#39", "#34", "#x27", "#x22", "nbsp" -> '"';
            case "lt", "#60" -> '<';
            case "gt", "#62" -> '>';
            case "amp", "#38" -> '&';
            default -> 0;
        };
    }

    private static int hex(String text, int start) {
        int value = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    int length() {
        return length;
    }

    boolean matchesAt(int at, String literal) {
        if (at < 0 || at + literal.length() > length) {
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
        if (from >= to) {
            return "";
        }
        int[] origins = new int[original.length()];
        fold(original, new char[original.length()], origins);
        int end = to < length ? origins[to] : original.length();
        return trim(original.substring(origins[from], end));
    }

    private static String trim(String text) {
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

    private static boolean edge(char c) {
        return c != '*' && c != '_' && dropped(c);
    }

    @Override
    public String toString() {
        return new String(Arrays.copyOf(folded, length));
    }
}
