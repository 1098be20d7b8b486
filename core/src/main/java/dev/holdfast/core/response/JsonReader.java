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
    private static final int LONGEST_TEXT = 16 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(20)
                    .maxNumberLength(100)
                    .maxStringLength(LONGEST_TEXT)
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
    private final NodeTable nodes;
    private int open = NodeTable.MISSING;

    private JsonReader(String text, int end, @Nullable Members members) {
        this.text = text;
        this.end = end;
        this.nodes = new NodeTable(members);
    }

    /** Tells by its first and last bytes whether a body may be an object in UTF-8 that does not break off. */
    static boolean looksWhole(byte[] bytes) {
        int length = lengthWithoutBlanks(bytes);
        return length > 1 && bytes[0] == '{' && bytes[1] != 0 && bytes[length - 1] == '}';
    }

    /** Reads a body that looks whole straight from its bytes, without a text between; null if they are not UTF-8. */
    static @Nullable Document readWhole(byte[] bytes, @Nullable Members members) {
        JsonReader reader = new JsonReader("", NOWHERE, members);
        try (JsonParser parser = JSON.createParser(bytes, 0, lengthWithoutBlanks(bytes))) {
            return Document.of(Format.JSON, reader.fill(parser), reader.nodes);
        } catch (JsonEOFException | StreamConstraintsException brokenOff) {
            return Document.of(Format.JSON, false, reader.nodes);
        } catch (IOException malformed) {
            // It ends with a brace, so that it does not break off.
            return BodyText.isUtf8(bytes) ? Document.of(Format.JSON, false, NodeTable.NONE) : null;
        }
    }

    private static int lengthWithoutBlanks(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] >= 0 && bytes[length - 1] <= ' ') {
            length--;
        }
        return length;
    }

    /** Null means: this begins like JSON and is none, such as a sentence that begins with a quoted word. */
    static @Nullable Document read(String text, @Nullable Members members) {
        return new JsonReader(text, text.length(), members).read();
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
            return nodes.holdsObject() ? Document.of(Format.JSON, false, NodeTable.NONE) : null;
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
                    scalar(parser, token, name);
                    name = null;
                }
            }
        }
        return true;
    }

    private void scalar(JsonParser parser, JsonToken token, @Nullable String name) throws IOException {
        boolean taken = nodes.takes(open, name);
        String value = null;
        if (taken && token != JsonToken.VALUE_NULL) {
            value = parser.getText();
        } else if (token == JsonToken.VALUE_STRING && parser.getTextLength() > LONGEST_TEXT) {
            // What is passed over must be as legal and as short as what is taken; unless it is asked for, the parser
            // skips it unseen.
            throw new StreamConstraintsException("a text is too long");
        }
        if (end != NOWHERE && token.isNumeric() && parser.currentLocation().getCharOffset() >= end) {
            return;
        }
        if (taken) {
            nodes.add(open, name, value, NodeTable.SCALAR);
        } else {
            nodes.passOver(open);
        }
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
