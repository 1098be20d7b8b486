package dev.holdfast.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.response.ResponseView;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleWindowTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy user over ratelimit,limit:5,time:5 second|1000",
                "The throttling threshold has been reached: policy ip over ratelimit,limit:5,time:1 minute|12000",
                "policy api over ratelimit,limit:100,time:1 minute|1000",
                "policy app over ratelimit,limit:200,time:5 minute|1500",
                "policy user over ratelimit,limit:2000,time:1 minute|1000",
                "POLICY user over ratelimit, limit: 2, time: 1 hour|1800000",
                "policy user over ratelimit,limit:1,time:1 day|86400000",
                "policy user over ratelimit,limit:0,time:1 minute|60000",
                "Flow control. Threshold: 10 times per 60 seconds|6000",
                "exceeded rate limit is 20 times per minute|3000",
                "Too many requests|",
                "policy user over ratelimit,limit:99999999999,time:1 minute|",
            })
    void theTextTellsThePace(String message, Long millis) {
        for (ResponseView answer : new ResponseView[] {
            HuaweiBody.answer(429, "APIGW.0308", message), HuaweiBody.answer(429, null, message),
        }) {
            assertThat(HuaweiBody.IMETAL.decide(answer).retryAfter())
                    .isEqualTo(Optional.ofNullable(millis == null ? null : Duration.ofMillis(millis)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Apig-RateLimit-api|remain:0,limit:10,time:60 second|6000",
                "x-apig-ratelimit-user|Remain:0,limit:1,time:1 minute|60000",
                "X-Apig-RateLimit-api-allenv|remain:9,limit:10,time:10 second|",
                "X-Apig-RateLimit-ip|nonsense|",
                "Retry-After|7|7000",
            })
    void headersCountWhereTheLimitIsUsedUp(String header, String value, Long millis) {
        ResponseView answer = HuaweiBody.json(429, "\"Too many requests\"", header, value);
        assertThat(HuaweiBody.IMETAL.decide(answer).retryAfter())
                .isEqualTo(Optional.ofNullable(millis == null ? null : Duration.ofMillis(millis)));
    }

    @ParameterizedTest
    @CsvSource({"10, 20", "20, 10"})
    void theLongestOfSeveralLimits(int one, int other) {
        ResponseView answer = HuaweiBody.json(
                429,
                "",
                "X-Apig-RateLimit-api",
                "remain:0,limit:1,time:" + one + " second",
                "X-Apig-RateLimit-ip",
                "remain:0,limit:1,time:" + other + " second");
        assertThat(HuaweiBody.IMETAL.decide(answer).retryAfter()).contains(Duration.ofSeconds(20));
    }
}
