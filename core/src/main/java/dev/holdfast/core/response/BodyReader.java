package dev.holdfast.core.response;

import dev.holdfast.core.response.Document.Format;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Finds out what a body is by looking at it, not at what the content type claims. */
final class BodyReader {
    private BodyReader() {}

    /** Reads the bytes once; a body that begins like JSON in UTF-8 and proves to be in another encoding is begun anew. */
    static Document read(ResponseView answer, @Nullable Members members) {
        byte[] bytes = plainBytes(answer);
        if (bytes.length == 0) {
            return Document.plain(Format.EMPTY, null);
        }
        if (JsonReader.looksWhole(bytes)) {
            Document whole = JsonReader.readWhole(bytes, members);
            if (whole != null) {
                return whole;
            }
            bytes = plainBytes(answer);
        }
        return read(BodyText.decode(bytes, answer.headers().first("Content-Type"), answer.complete()), members);
    }

    static Document read(String text, @Nullable Members members) {
        // Not strip(): servers written in C send a NUL at the end.
        String trimmed = text.substring(0, Math.min(text.length(), ResponseView.BODY_LIMIT))
                .trim();
        if (trimmed.startsWith("\uFEFF")) {
            trimmed = trimmed.substring(1).trim();
        }
        if (trimmed.isEmpty()) {
            return Document.plain(Format.EMPTY, null);
        }
        char first = trimmed.charAt(0);
        if (first == '<') {
            return PageReader.isPage(trimmed) ? Document.page(trimmed) : XmlReader.read(trimmed, members);
        }
        Document tree = first == '{' || first == '[' || first == '"' ? JsonReader.read(trimmed, members) : null;
        return tree != null ? tree : Document.plain(Format.TEXT, trimmed.strip());
    }

    private static byte[] plainBytes(ResponseView answer) {
        byte[] bytes = answer.bytes();
        return bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b ? inflate(bytes) : bytes;
    }

    /** A body that was compressed although nobody asked: at most the limit is inflated, whatever it claims to be. */
    private static byte[] inflate(byte[] compressed) {
        ByteArrayOutputStream inflated = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 * 1024];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            for (int room = ResponseView.BODY_LIMIT; room > 0; room = ResponseView.BODY_LIMIT - inflated.size()) {
                int count = in.read(buffer, 0, Math.min(buffer.length, room));
                if (count < 0) {
                    break;
                }
                inflated.write(buffer, 0, count);
            }
        } catch (IOException brokenOff) {
            // What came before the break is kept.
        }
        return inflated.toByteArray();
    }
}
