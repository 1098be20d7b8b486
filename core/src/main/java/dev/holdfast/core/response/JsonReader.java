package dev.holdfast.core.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.holdfast.core.response.Document.Format;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON that may break off; bounded in every direction. */
final class JsonReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(20)
                    .maxNumberLength(100)
                    .maxStringLength(16 * 1024)
                    .maxNameLength(256)
                    .maxDocumentLength(ResponseView.BODY_LIMIT)
                    .build())
            // The message of a parse error must never quote the body: it may hold a secret.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // Names are chosen by whoever answers.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final String NUMBER = "0123456789+-.eE";

    /** Where a text ends, to tell a number that may have been cut off there; nowhere for a document that is known to be whole. */
    private static final int NOWHERE = Integer.MAX_VALUE;

    private final String text;
    private final int end;
    private final NodeTable nodes = new NodeTable();
    private int open = NodeTable.MISSING;

    private JsonReader(String text, int end) {
        this.text = text;
        this.end = end;
    }

    /** Straight from the bytes, without a text between; null for whatever is not a whole object in UTF-8. */
    static @Nullable Document readWhole(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] >= 0 && bytes[length - 1] <= ' ') {
            length--;
        }
        if (length < 2 || bytes[0] != '{' || bytes[1] == 0 || bytes[length - 1] != '}') {
            return null;
        }
        JsonReader reader = new JsonReader("", NOWHERE);
        try (JsonParser parser = JSON.createParser(bytes, 0, length)) {
            return Document.of(Format.JSON, reader.fill(parser), reader.nodes);
        } catch (IOException notWhole) {
            return null;
        }
    }

    /** Null means: this begins like JSON and is none, such as a sentence that begins with a quoted word. */
    static @Nullable Document read(String text) {
        return new JsonReader(text, text.length()).read();
    }

    private @Nullable Document read() {
        try (JsonParser parser = JSON.createParser(text)) {
            return Document.of(Format.JSON, fill(parser), nodes);
        } catch (JsonEOFException | StreamConstraintsException brokenOff) {
            return nodes.size() == 0 ? null : Document.of(Format.JSON, false, nodes);
        } catch (IOException malformed) {
            if (open != NodeTable.MISSING && breaksOff()) {
                return Document.of(Format.JSON, false, nodes);
            }
            return nodes.holdsObject() ? Document.of(Format.JSON, false, new NodeTable()) : null;
        }
    }

    private boolean fill(JsonParser parser) throws IOException {
        String name = null;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (nodes.full()) {
                return false;
            }
            if (open == NodeTable.MISSING && nodes.size() > 0) {
                throw new JsonParseException(parser, "a second value after the document");
            }
            switch (token) {
                case FIELD_NAME -> name = parser.currentName();
                case START_OBJECT -> {
                    open = nodes.add(open, name, null, NodeTable.OBJECT);
                    name = null;
                }
                case START_ARRAY -> {
                    open = nodes.add(open, name, null, NodeTable.ARRAY);
                    name = null;
                }
                case END_OBJECT, END_ARRAY -> open = nodes.parent(open);
                default -> {
                    String value = token == JsonToken.VALUE_NULL ? null : parser.getText();
                    if (end == NOWHERE
                            || !token.isNumeric()
                            || parser.currentLocation().getCharOffset() < end) {
                        nodes.add(open, name, value, NodeTable.SCALAR);
                    }
                    name = null;
                }
            }
        }
        return true;
    }

    /** The parser reports the end of the input as such in most places, but not after a comma, in a literal and in a number. */
    private boolean breaksOff() {
        int end = text.length();
        int start = end;
        while (start > 0
                && (Character.isLetter(text.charAt(start - 1)) || NUMBER.indexOf(text.charAt(start - 1)) >= 0)) {
            start--;
        }
        String last = text.substring(start, end);
        if (last.isEmpty()) {
            return text.stripTrailing().endsWith(",");
        }
        return "true".startsWith(last)
                || "false".startsWith(last)
                || "null".startsWith(last)
                || last.chars().allMatch(c -> NUMBER.indexOf(c) >= 0);
    }
}
