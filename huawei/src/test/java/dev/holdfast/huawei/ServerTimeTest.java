package dev.holdfast.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway's own time corrects a clock that is wrong, also where a proxy has dropped the header {@code Date}. */
class ServerTimeTest {
    private static final String SAID =
            "Incorrect IAM authentication information: calc aksk signature fail:signature expired, signature time:20211217T064303Z,server time:20211217T065804Z";

    private static Instant read(String message, Map<String, List<String>> headers) {
        String body = "{\"error_msg\":\"" + message + "\",\"error_code\":\"APIGW.0301\",\"request_id\":\"2db4\"}";
        ResponseView answer =
                ResponseView.of(401, HeaderFields.of(headers), body.getBytes(StandardCharsets.UTF_8), true);
        return HuaweiIMetal.in("eu-west-101").serverTime(answer, null, Instant.EPOCH);
    }

    @Test
    void theSentenceTellsIt() {
        assertThat(read(SAID, Map.of())).isEqualTo("2021-12-17T06:58:04Z");
    }

    @ParameterizedTest
    @CsvSource({
        "'signature expired, server time: 20211217T065804Z', 2021-12-17T06:58:04Z",
        "'SIGNATURE EXPIRED, Server Time:20211217T065804Z', 2021-12-17T06:58:04Z",
        "'signature expired, server time:20211317T065804Z',",
        "'signature expired, server time:20211217T0658Z',",
        "'signature expired, signature time:20211217T064303Z',",
        "'',",
    })
    void neighbours(String message, Instant time) {
        assertThat(read(message, Map.of())).isEqualTo(time);
    }

    @Test
    void theHeaderComesFirst() {
        assertThat(read(SAID, Map.of("Date", List.of("Fri, 17 Dec 2021 06:59:00 GMT"))))
                .isEqualTo("2021-12-17T06:59:00Z");
    }
}
