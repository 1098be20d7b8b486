package dev.holdfast.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of {@code explain --jsonl}: a JSON object that tells of an answer. Keys that are not known are ignored. */
final class AnswerLine {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(InputLines.LONGEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LONGEST_QUOTE = 60;

    private final JsonNode object;

    private AnswerLine(JsonNode object) {
        this.object = object;
    }

    static SeenAnswer read(String line, @Nullable Service otherwise) throws BadLine {
        if (line.isBlank()) {
            throw new BadLine("the line is empty; it must be a JSON object");
        }
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            // Not its message: that quotes the line, which may hold a secret.
            throw new BadLine("the line is not JSON"
                    + (e.getLocation() == null
                            ? ""
                            : " at column " + e.getLocation().getColumnNr()));
        }
        if (!node.isObject()) {
            throw new BadLine("the line must be a JSON object, but is " + quote(node));
        }
        return new AnswerLine(node).seen(otherwise);
    }

    private SeenAnswer seen(@Nullable Service otherwise) throws BadLine {
        Service service = service(otherwise);
        int status = status();
        ResponseView answer = ResponseView.of(status, headers(), body(), true);
        return new SeenAnswer(service, answer, SeenAnswer.request(text("method"), text("path")));
    }

    private Service service(@Nullable Service otherwise) throws BadLine {
        String id = text("service");
        if (id == null) {
            if (otherwise == null) {
                throw new BadLine("service is missing");
            }
            return otherwise;
        }
        KnownService known = KnownServices.find(id);
        if (known == null) {
            throw new BadLine("service " + KnownServices.unknown(id));
        }
        return known.service();
    }

    private int status() throws BadLine {
        JsonNode status = object.get("status");
        if (status == null || status.isNull()) {
            throw new BadLine("status is missing; it must be an integer from 100 to 999");
        }
        boolean fits = status.isIntegralNumber()
                && status.canConvertToInt()
                && status.intValue() >= SeenAnswer.LEAST_STATUS
                && status.intValue() <= SeenAnswer.GREATEST_STATUS;
        if (!fits) {
            throw new BadLine("status must be an integer from 100 to 999, but is " + quote(status));
        }
        return status.intValue();
    }

    private HeaderFields headers() throws BadLine {
        JsonNode headers = object.get("headers");
        if (headers == null || headers.isNull()) {
            return HeaderFields.empty();
        }
        if (!headers.isObject()) {
            throw new BadLine(
                    "headers must be an object of name to string or list of strings, but is " + quote(headers));
        }
        List<String> namesAndValues = new ArrayList<>();
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            for (JsonNode value : header.getValue().isArray() ? header.getValue() : List.of(header.getValue())) {
                if (!value.isTextual()) {
                    throw new BadLine("headers: \"" + header.getKey()
                            + "\" must be a string or a list of strings, but has " + quote(value));
                }
                namesAndValues.add(header.getKey());
                namesAndValues.add(value.textValue());
            }
        }
        return HeaderFields.of(namesAndValues.toArray(new String[0]));
    }

    private byte[] body() throws BadLine {
        String body = text("body");
        String base64 = text("bodyBase64");
        if (body != null && base64 != null) {
            throw new BadLine("body and bodyBase64 are both given; only one of them may be");
        }
        if (base64 == null) {
            return (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new BadLine("bodyBase64 is not base64: " + e.getMessage());
        }
    }

    private @Nullable String text(String key) throws BadLine {
        JsonNode value = object.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new BadLine(key + " must be a string, but is " + quote(value));
        }
        return value.textValue();
    }

    private static String quote(JsonNode value) {
        if (value.isContainerNode()) {
            return value.isArray() ? "an array" : "an object";
        }
        String text = value.toString();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
