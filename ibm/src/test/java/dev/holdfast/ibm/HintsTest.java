package dev.holdfast.ibm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintsTest {
    private static final String DATE = "Sat, 21 Nov 2026 10:00:00 GMT";

    /** 1795255200 is 2026-11-21T10:00:00Z. */
    @ParameterizedTest
    @CsvSource({
        "429, 17, 30, 17", // Retry-After comes first
        "503, 17, 30, 17",
        "429, , 30, 30", // a delta
        "429, , 0, 0",
        "429, , 1795255245, 45", // a date in seconds, judged by the answer's own
        "429, , 1795255245000, 45", // and in milliseconds
        "429, , 1795255100, ", // gone by
        "503, , 30, ", // speaks of the limit, which is not what failed
        "429, , soon, ",
        "429, , -5, ",
        "429, , 9999999999999999999, ",
        "429, , , ",
    })
    void retryAfterThenRateLimitReset(int status, String retryAfter, String reset, Long seconds) {
        List<String> headers = new ArrayList<>(List.of("Date", DATE));
        if (retryAfter != null) {
            headers.addAll(List.of("Retry-After", retryAfter));
        }
        if (reset != null) {
            headers.addAll(List.of("X-RateLimit-Reset", reset));
        }
        ResponseView answer = ResponseView.of(status, HeaderFields.of(headers.toArray(new String[0])), "");
        assertThat(IbmVpcMetadata.SERVICE.decide(answer).retryAfter())
                .isEqualTo(Optional.ofNullable(seconds == null ? null : Duration.ofSeconds(seconds)));
    }
}
