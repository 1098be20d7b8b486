package dev.holdfast.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error bodies of services that a user may add, after their public documents. */
class LenientShapesTest {
    private static ServiceError read(String body) {
        return LenientParser.parse(ResponseView.of(400, HeaderFields.empty(), body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "EC2|<Response><Errors><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></Errors><RequestID>r-1</RequestID></Response>|Throttling|Rate exceeded",
                "S3|<Error><Code>NoSuchKey</Code><Message>It does not exist</Message></Error>|NoSuchKey|It does not exist",
                "two deep|{\"response\":{\"errors\":[{\"code\":\"Busy\",\"message\":\"Later\"}]}}|Busy|Later",
                "Google|{\"error\":{\"code\":403,\"message\":\"Denied\",\"status\":\"PERMISSION_DENIED\"}}|PERMISSION_DENIED|Denied",
                "Google without a name|{\"error\":{\"code\":403,\"message\":\"Denied\"}}|403|Denied",
                "Kubernetes|{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":\"pods not found\",\"reason\":\"NotFound\",\"code\":404}|NotFound|pods not found",
                "DigitalOcean|{\"id\":\"not_found\",\"message\":\"It was not found\"}|not_found|It was not found",
                "an id that is none|{\"id\":\"4a-7\",\"message\":\"It was not found\"}|null|It was not found",
                "a code of three digits|{\"code\":\"429\",\"message\":\"Later\"}|429|Later",
                "a status that is a sentence|{\"code\":\"429\",\"status\":\"not a name\",\"message\":\"Later\"}|429|Later",
                "a named code beside a status|{\"code\":\"Busy\",\"status\":\"FAILED\",\"message\":\"Later\"}|Busy|Later"
            })
    void codeAndMessageAreRead(String shape, String body, String code, String message) {
        ServiceError error = read(body);
        assertThat(error.code()).as(shape).isEqualTo(code);
        assertThat(error.message()).as(shape).isEqualTo(message);
    }

    @Test
    void aRequestIdIsKeptOnce() {
        assertThat(read("<Response><Errors><Error><Code>A</Code></Error></Errors><RequestID>r-1</RequestID></Response>")
                        .requestIds())
                .isEqualTo(Map.of("requestId", "r-1"));
        assertThat(read("{\"code\":\"A\",\"requestId\":\"r-1\",\"traceId\":\"t-1\"}")
                        .requestIds())
                .isEqualTo(Map.of("requestId", "r-1", "traceId", "t-1"));
    }
}
