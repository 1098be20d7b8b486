package dev.holdfast.core.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.holdfast.core.error.BodyTree.Format;
import dev.holdfast.core.error.BodyTree.TreeBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Turns bytes into a tree by looking at them, not at what the content type claims. */
final class BodyReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(20)
                    .maxNumberLength(100)
                    .maxStringLength(16 * 1024)
                    .maxNameLength(256)
                    .maxDocumentLength(Answer.BODY_LIMIT)
                    .build())
            // The message of a parse error must never quote the body: it may hold a secret.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private BodyReader() {}

    static BodyTree read(Answer answer) {
        byte[] bytes = answer.bytes();
        if (bytes.length == 0) {
            return BodyTree.plain(Format.EMPTY, null);
        }
        if (bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
            bytes = inflate(bytes);
        }
        int first = firstVisible(bytes);
        if (first < 0) {
            return BodyTree.plain(Format.EMPTY, null);
        }
        char c = (char) bytes[first];
        if (c == '{' || c == '[' || c == '"') {
            BodyTree tree = json(bytes, null);
            return tree != null ? tree : text(bytes, answer);
        }
        if (c == '<') {
            String text = decode(bytes, answer);
            return XmlReader.read(text);
        }
        return text(bytes, answer);
    }

    static BodyTree read(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return BodyTree.plain(Format.EMPTY, null);
        }
        char c = stripped.charAt(0);
        if (c == '<') {
            return XmlReader.read(stripped);
        }
        BodyTree tree = c == '{' || c == '[' || c == '"' ? json(null, stripped) : null;
        return tree != null ? tree : BodyTree.plain(Format.TEXT, stripped);
    }

    /** Null means: these bytes are no JSON in UTF-8, UTF-16 or UTF-32. */
    private static @Nullable BodyTree json(byte @Nullable [] bytes, @Nullable String text) {
        TreeBuilder builder = new TreeBuilder();
        try (JsonParser parser = bytes != null ? JSON.createParser(bytes) : JSON.createParser(String.valueOf(text))) {
            boolean whole = fill(parser, builder);
            return BodyTree.of(Format.JSON, whole, builder);
        } catch (JsonEOFException | StreamConstraintsException brokenOff) {
            return BodyTree.of(Format.JSON, false, builder);
        } catch (JsonParseException malformed) {
            return BodyTree.of(Format.JSON, false, new TreeBuilder());
        } catch (IOException wrongCharset) {
            return bytes == null ? null : json(null, new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    private static boolean fill(JsonParser parser, TreeBuilder builder) throws IOException {
        int parent = BodyTree.MISSING;
        String name = null;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (builder.full()) {
                return false;
            }
            if (parent == BodyTree.MISSING && builder.size() > 0) {
                throw new JsonParseException(parser, "a second value after the document");
            }
            switch (token) {
                case FIELD_NAME -> name = parser.currentName();
                case START_OBJECT -> {
                    parent = builder.add(parent, name, null, TreeBuilder.OBJECT);
                    name = null;
                }
                case START_ARRAY -> {
                    parent = builder.add(parent, name, null, TreeBuilder.ARRAY);
                    name = null;
                }
                case END_OBJECT, END_ARRAY -> parent = builder.parent(parent);
                default -> {
                    String value = token == JsonToken.VALUE_NULL ? null : parser.getText();
                    builder.add(parent, name, value, TreeBuilder.SCALAR);
                    name = null;
                }
            }
        }
        return true;
    }

    private static BodyTree text(byte[] bytes, Answer answer) {
        String text = decode(bytes, answer).strip();
        return BodyTree.plain(Format.TEXT, text);
    }

    private static String decode(byte[] bytes, Answer answer) {
        if (bytes.length >= 2 && (bytes[0] == (byte) 0xfe || bytes[0] == (byte) 0xff)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        String text = new String(bytes, charset(answer.headers().first("Content-Type")));
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Charset charset(@Nullable String contentType) {
        if (contentType != null) {
            String lower = contentType.toLowerCase(Locale.ROOT);
            int at = lower.indexOf("charset=");
            if (at >= 0) {
                String name = lower.substring(at + 8).split("[;,\\s]", 2)[0].replace("\"", "");
                try {
                    return Charset.forName(name);
                } catch (IllegalArgumentException unknown) {
                    return StandardCharsets.UTF_8;
                }
            }
        }
        return StandardCharsets.UTF_8;
    }

    /** A body that was compressed although nobody asked: at most the limit is inflated, whatever it claims to be. */
    private static byte[] inflate(byte[] compressed) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return in.readNBytes(Answer.BODY_LIMIT);
        } catch (IOException broken) {
            return compressed;
        }
    }

    private static int firstVisible(byte[] bytes) {
        int i = bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf
                ? 3
                : 0;
        for (; i < bytes.length; i++) {
            // UTF-16 and UTF-32 put a byte order mark or NUL bytes before the first visible character.
            boolean skip = (bytes[i] >= 0 && bytes[i] <= ' ') || bytes[i] == (byte) 0xfe || bytes[i] == (byte) 0xff;
            if (!skip) {
                return i;
            }
        }
        return -1;
    }
}
