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
                    .maxDocumentLength(Answer.BODY_LIMIT)
                    .build())
            // The message of a parse error must never quote the body: it may hold a secret.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // Names are chosen by whoever answers.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final String NUMBER = "0123456789+-.eE";

    private final String text;
    private final TreeBuilder builder = new TreeBuilder();
    private int open = BodyTree.MISSING;

    private JsonReader(String text) {
        this.text = text;
    }

    /** Null means: this begins like JSON and is none, such as a sentence that begins with a quoted word. */
    static @Nullable BodyTree read(String text) {
        return new JsonReader(text).read();
    }

    private @Nullable BodyTree read() {
        try (JsonParser parser = JSON.createParser(text)) {
            return BodyTree.of(Format.JSON, fill(parser), builder);
        } catch (JsonEOFException | StreamConstraintsException brokenOff) {
            return builder.size() == 0 ? null : BodyTree.of(Format.JSON, false, builder);
        } catch (IOException malformed) {
            if (open != BodyTree.MISSING && breaksOff()) {
                return BodyTree.of(Format.JSON, false, builder);
            }
            return builder.holdsObject() ? BodyTree.of(Format.JSON, false, new TreeBuilder()) : null;
        }
    }

    private boolean fill(JsonParser parser) throws IOException {
        String name = null;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (builder.full()) {
                return false;
            }
            if (open == BodyTree.MISSING && builder.size() > 0) {
                throw new JsonParseException(parser, "a second value after the document");
            }
            switch (token) {
                case FIELD_NAME -> name = parser.currentName();
                case START_OBJECT -> {
                    open = builder.add(open, name, null, TreeBuilder.OBJECT);
                    name = null;
                }
                case START_ARRAY -> {
                    open = builder.add(open, name, null, TreeBuilder.ARRAY);
                    name = null;
                }
                case END_OBJECT, END_ARRAY -> open = builder.parent(open);
                default -> {
                    String value = token == JsonToken.VALUE_NULL ? null : parser.getText();
                    if (!token.isNumeric() || parser.currentLocation().getCharOffset() < text.length()) {
                        builder.add(open, name, value, TreeBuilder.SCALAR);
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
