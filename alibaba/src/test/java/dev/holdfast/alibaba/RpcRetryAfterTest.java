package dev.holdfast.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpcRetryAfterTest {
    private static Decision throttled(String message, String... headers) {
        return AlibabaSlb.SERVICE.decide(SeedRow.answer(
                400, "application/json", "{\"Code\":\"Throttling\",\"Message\":\"" + message + "\"}", headers));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Request was denied due to request throttling, please try again after 5 minutes. | PT5M",
                "Please try again after 1 minute | PT1M",
                "Please Try Again in 30 seconds. | PT30S",
                "Please try again later. | ",
                "try again after some seconds | "
            })
    void text(String message, Duration retryAfter) {
        assertThat(throttled(message).retryAfter()).isEqualTo(Optional.ofNullable(retryAfter));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-RateLimit-User-API | Limit:150,Remain:0,TimeLeft:27000,Reset:1234 | PT27S",
                "x-ratelimit-user | Limit:1, Remain:0, TimeLeft:2000 | PT2S",
                "X-RateLimit-User | Limit:150,Remain:12,TimeLeft:27000,Reset:1234 | ",
                "X-RateLimit-User | Remain:0,TimeLeft:soon | ",
                "Retry-After | 7 | PT7S",
                "Retry-After | later | ",
                "x-acs-retry-after | 2500 | PT2.5S"
            })
    void header(String name, String value, Duration retryAfter) {
        assertThat(throttled("m", name, value).retryAfter()).isEqualTo(Optional.ofNullable(retryAfter));
    }

    @Test
    void theMorePreciseWordComesFirst() {
        String text = "please try again after 3 seconds";
        String[] all = {
            "X-RateLimit-User", "Remain:0,TimeLeft:4000",
            "Retry-After", "2",
            "x-acs-retry-after", "1000"
        };
        assertThat(throttled(text, all).retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(throttled(text, all[0], all[1], all[2], all[3]).retryAfter()).contains(Duration.ofSeconds(2));
        assertThat(throttled(text, all[0], all[1]).retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(throttled("m", all[0], all[1]).retryAfter()).contains(Duration.ofSeconds(4));
    }

    @Test
    void theLongerOfTwoLimitsHolds() {
        assertThat(throttled(
                                "m",
                                "X-RateLimit-User-API",
                                "Remain:0,TimeLeft:3000",
                                "X-RateLimit-User",
                                "Remain:0,TimeLeft:9000")
                        .retryAfter())
                .contains(Duration.ofSeconds(9));
    }

    @Test
    void onlyARetryHasAHint() {
        Decision decision = AlibabaSlb.SERVICE.decide(SeedRow.answer(
                404,
                "application/json",
                "{\"Code\":\"InvalidRuleId.NotFound\",\"Message\":\"m\"}",
                "Retry-After",
                "7"));

        assertThat(decision.retryAfter()).isEmpty();
    }
}
