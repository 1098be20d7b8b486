package dev.holdfast.core.response;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text as the bytes that are compared: in UTF-8, letters in lower case, both alphabets of base64 as one, without blanks and control
 * characters. Each byte knows which characters of the text it came from, through any number of decodings.
 */
final class EncodedText {
    /** What the escapes of percent, HTML and JSON begin with. */
    static final String ESCAPES = "%&\\";

    private static final Map<String, Character> ENTITIES = Map.ofEntries(
            Map.entry("amp", '&'),
            Map.entry("lt", '<'),
            Map.entry("gt", '>'),
            Map.entry("quot", '"'),
            Map.entry("apos", '\''),
            Map.entry("plus", '+'),
            Map.entry("sol", '/'),
            Map.entry("equals", '='));
    /** A name or number that is longer is none. */
    private static final int LONGEST_ENTITY = 10;

    private byte[] bytes;
    private int[] from;
    private int[] to;
    private int length;

    private EncodedText(int room) {
        bytes = new byte[room];
        from = new int[room];
        to = new int[room];
    }

    static EncodedText of(String text) {
        EncodedText out = new EncodedText(text.length());
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            out.add(point, i, next);
            i = next;
        }
        return out.trimmed();
    }

    /** Returns the text with one layer of the escapes taken off that begin with this; null where there is none. */
    @Nullable
    EncodedText decoded(char escape) {
        int first = 0;
        while (first < length && (bytes[first] != escape || escapeEnd(first) == 0)) {
            first++;
        }
        if (first == length) {
            return null;
        }
        EncodedText out = new EncodedText(length);
        for (int i = 0; i < length; ) {
            int end = i >= first && bytes[i] == escape ? escapeEnd(i) : 0;
            if (end > i) {
                unescape(i, end, out);
                i = end;
            } else {
                out.put(bytes[i], from[i], to[i]);
                i++;
            }
        }
        return out.trimmed();
    }

    /** Where the escape that begins here ends, or 0 if none begins. */
    private int escapeEnd(int i) {
        return switch (bytes[i]) {
            case '%' -> number(i + 1, i + 3, 16) < 0 ? 0 : i + 3;
            case '\\' -> jsonEnd(i);
            case '&' -> {
                int end = i + 1;
                while (end < length && end < i + LONGEST_ENTITY && bytes[end] != ';') {
                    end++;
                }
                yield end < length && bytes[end] == ';' && entity(i + 1, end) >= 0 ? end + 1 : 0;
            }
            default -> 0;
        };
    }

    private int jsonEnd(int i) {
        if (i + 1 >= length) {
            return 0;
        }
        return switch (bytes[i + 1]) {
            case '"', '\\', '/', '\'', 'n', 'r', 't', 'b', 'f' -> i + 2;
            case 'u' -> number(i + 2, i + 6, 16) < 0 ? 0 : i + 6;
            default -> 0;
        };
    }

    private void unescape(int i, int end, EncodedText out) {
        int start = from[i];
        int stop = to[end - 1];
        switch (bytes[i]) {
            case '%' -> {
                int value = number(i + 1, end, 16);
                // From 0x80 on it is a part of a character, as the other bytes are.
                if (value < 0x80) {
                    out.add(value, start, stop);
                } else {
                    out.put((byte) value, start, stop);
                }
            }
            case '&' -> out.add(entity(i + 1, end - 1), start, stop);
            default -> {
                byte kind = bytes[i + 1];
                if (kind == 'u') {
                    out.add(number(i + 2, end, 16), start, stop);
                } else if (kind < 'a') {
                    out.add(kind, start, stop);
                }
                // Line ends and the like are passed over, here too.
            }
        }
    }

    private int entity(int start, int end) {
        if (start >= end || bytes[start] != '#') {
            Character named = ENTITIES.get(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
            return named == null ? -1 : named;
        }
        boolean hex = start + 1 < end && bytes[start + 1] == 'x';
        int value = number(start + (hex ? 2 : 1), end, hex ? 16 : 10);
        return Character.isValidCodePoint(value) ? value : -1;
    }

    private int number(int start, int end, int radix) {
        if (end > length || start >= end) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], radix);
            if (digit < 0 || value > 0xFFFFFF) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private void add(int point, int start, int end) {
        if (isPassedOver(point)) {
            return;
        }
        if (point < 0x80) {
            put(folded(point), start, end);
            return;
        }
        for (byte part : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
            put(part, start, end);
        }
    }

    static boolean isPassedOver(int point) {
        return point <= ' ' || Character.isISOControl(point);
    }

    private static byte folded(int c) {
        return (byte)
                switch (c) {
                    case '-' -> '+';
                    case '_' -> '/';
                    default -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
                };
    }

    private void put(byte value, int start, int end) {
        if (length == bytes.length) {
            int room = 2 * length + 8;
            bytes = Arrays.copyOf(bytes, room);
            from = Arrays.copyOf(from, room);
            to = Arrays.copyOf(to, room);
        }
        bytes[length] = value;
        from[length] = start;
        to[length++] = end;
    }

    private EncodedText trimmed() {
        bytes = Arrays.copyOf(bytes, length);
        return this;
    }

    /** The bytes themselves, not a copy. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Where the characters begin that a byte came from. */
    int from(int at) {
        return from[at];
    }

    /** Behind the characters that a byte came from. */
    int to(int at) {
        return to[at];
    }
}
