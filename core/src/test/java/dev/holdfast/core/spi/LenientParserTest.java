package dev.holdfast.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LenientParserTest {

    @ParameterizedTest
    @MethodSource
    void findsCodeAndMessage(String body, String code, String message) {
        ServiceError error = parse(body);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.parsed()).isTrue();
    }

    static Stream<Arguments> findsCodeAndMessage() {
        return Stream.of(
                arguments("{\"code\":\"A\",\"message\":\"m\"}", "A", "m"),
                arguments("{\"Code\":\"A\",\"Message\":\"m\"}", "A", "m"),
                arguments("{\"error\":{\"code\":\"A\",\"message\":\"m\"}}", "A", "m"),
                arguments(
                        "{\"errors\":[{\"code\":\"A\",\"message\":\"m\"},{\"code\":\"B\"}],\"trace\":\"t\"}", "A", "m"),
                arguments("[{\"code\":\"A\",\"message\":\"m\"}]", "A", "m"),
                arguments("{\"error_code\":\"A\",\"error_msg\":\"m\"}", "A", "m"),
                arguments("{\"errorCode\":\"A\",\"errorMessage\":\"m\"}", "A", "m"),
                arguments("{\"errCode\":\"A\",\"errMsg\":\"m\"}", "A", "m"),
                arguments("{\"__type\":\"A\",\"message\":\"m\"}", "A", "m"),
                arguments("{\"code\":4017,\"msg\":\"m\"}", "4017", "m"),
                arguments("{\"error\":\"invalid_request\",\"error_description\":\"m n\"}", "invalid_request", "m n"),
                arguments("{\"error\":\"No luck today\"}", null, "No luck today"),
                arguments("{\"error\":\"forbidden\"}", null, "forbidden"),
                arguments(
                        "{\"status\":404,\"error\":\"Not Found\",\"message\":\"No such disk\"}", null, "No such disk"),
                arguments("{\"error\":true,\"message\":\"m\"}", null, "m"),
                arguments("{\"code\":null,\"error\":{\"code\":\"A\",\"message\":\"m\"}}", "A", "m"),
                arguments("{\"code\":{\"a\":1},\"message\":\"m\"}", null, "m"),
                arguments("\"just a sentence\"", null, "just a sentence"),
                arguments("<Error><Code>A</Code><Message>m</Message></Error>", "A", "m"),
                arguments("<R><Error><Code>A</Code><Message>m</Message></Error><RequestId>r</RequestId></R>", "A", "m"),
                arguments("<Error>m n</Error>", null, "m n"),
                arguments("{\"error\":{\"code\":\"A\",\"message\":\"half", "A", null));
    }

    @ParameterizedTest
    @CsvSource({"'no luck', no luck", "'<html><title>502</title></html>', 502", "'', ", "'<html></html>', "})
    void aTextIsNoDocument(String body, String message) {
        ServiceError error = parse(body);
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.code()).isNull();
        assertThat(error.parsed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"{}", "[]", "[[]]", "'[1,2]'", "{\"a\":1}", "'{\"code\":1'", "{\"code\":\" \"}", "<a/>", "<a>", "\"\""})
    void aDocumentThatSaysNothingIsNotParsed(String body) {
        assertThat(parse(body)).isEqualTo(ServiceError.none());
    }

    @Test
    void furtherErrorsTargetAndRequestIdsAreKept() {
        ServiceError error = parse("""
                {"errors":[{"code":"A","message":"m","target":"t"},{"code":"B","message":"n","target":"u"},{}],
                 "trace":"t-1","requestId":"r-1"}
                """);
        assertThat(error.target()).isEqualTo("t");
        assertThat(error.further())
                .containsExactly(new ServiceError.Further("B", "n", "u"), new ServiceError.Further(null, null, null));
        assertThat(error.requestIds()).containsEntry("trace", "t-1").containsEntry("requestId", "r-1");
        assertThat(error.requestId()).isEqualTo("r-1");
    }

    private static ServiceError parse(String body) {
        return LenientParser.parse(ResponseView.of(400, HeaderFields.empty(), body));
    }
}
