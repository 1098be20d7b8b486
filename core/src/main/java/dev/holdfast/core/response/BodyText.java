package dev.holdfast.core.response;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns bytes into characters. The bytes themselves say more than their label, which is often wrong or missing. */
final class BodyText {
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

    private BodyText() {}

    static String decode(byte[] bytes, @Nullable String contentType, boolean complete) {
        Charset wide = wide(bytes);
        String text = wide != null ? new String(bytes, wide) : utf8(bytes, complete);
        if (text == null) {
            text = new String(bytes, label(contentType));
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Tells whether bytes that are no wide characters are UTF-8 to their end. */
    static boolean isUtf8(byte[] bytes) {
        return utf8(bytes, false) != null;
    }

    /** UTF-16 and UTF-32 show by their byte order mark, or by the NUL bytes of the first two characters, which are ASCII. */
    private static @Nullable Charset wide(byte[] bytes) {
        if (bytes.length < 4) {
            return null;
        }
        int first = (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
        if (first == 0x0000feff || (first & 0xffffff00) == 0) {
            return UTF_32BE;
        }
        if (first == 0xfffe0000 || (first & 0x00ffffff) == 0) {
            return UTF_32LE;
        }
        if (first >>> 16 == 0xfeff || (first & 0xff00ff00) == 0) {
            return StandardCharsets.UTF_16BE;
        }
        return first >>> 16 == 0xfffe || (first & 0x00ff00ff) == 0 ? StandardCharsets.UTF_16LE : null;
    }

    /**
     * Null if it is not UTF-8. A character that was cut off at the end is dropped; where nothing was cut off, and no other one shows that
     * this is UTF-8, it is a character of another encoding.
     */
    private static @Nullable String utf8(byte[] bytes, boolean complete) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        boolean wrong = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, false)
                .isError();
        String strict = out.flip().toString();
        boolean onlyTheLast = complete && in.hasRemaining() && strict.chars().allMatch(c -> c < 0x80);
        return wrong || onlyTheLast ? null : strict;
    }

    private static Charset label(@Nullable String contentType) {
        String lower = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("charset=");
        if (at >= 0) {
            String name = lower.substring(at + 8).split("[;,\\s]", 2)[0].replace("\"", "");
            try {
                Charset labelled = Charset.forName(name);
                boolean refuted = labelled.equals(StandardCharsets.UTF_8) || labelled.equals(StandardCharsets.US_ASCII);
                return refuted ? StandardCharsets.ISO_8859_1 : labelled;
            } catch (IllegalArgumentException unknown) {
                return StandardCharsets.ISO_8859_1;
            }
        }
        return StandardCharsets.ISO_8859_1;
    }
}
