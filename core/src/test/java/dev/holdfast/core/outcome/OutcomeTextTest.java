package dev.holdfast.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.TestService;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The line, the table and the JSON of one outcome, letter by letter. */
class OutcomeTextTest {
    private static Decision decision(int status, String code, String... headers) {
        return TestService.SERVICE.decide(
                ResponseView.of(status, HeaderFields.of(headers), "{\"code\":\"" + code + "\"}"));
    }

    private static Outcome throttledThenRefused() {
        return TestService.outcome(
                StopReason.FAILED,
                TestService.answered(1, 429, decision(429, "too_many", "Retry-After", "2"), Duration.ofMillis(2_050)),
                TestService.answered(2, 400, decision(400, "invalid_request", "x-request-id", "abc-1"), Duration.ZERO));
    }

    private static Outcome faultThenSuccess() {
        return TestService.outcome(
                StopReason.SUCCEEDED,
                Attempt.unanswered(1, Duration.ZERO, Duration.ofMillis(999), "ConnectException")
                        .withPause(Duration.ofMillis(150)),
                TestService.answered(2, 200, null, Duration.ZERO));
    }

    @Test
    void theLineSaysWhoHowItEndedEachAttemptAndWhatToDo() {
        assertThat(throttledThenRefused())
                .hasToString("test/plain token: gave up (failed) after 2 attempts in 2.2 s "
                        + "[429 throttled hint 2 s +2.1 s, 400 invalid_request] "
                        + "Do something. (test/plain/bad, request id abc-1)");
    }

    @Test
    void theLineOfASuccessGivesNoAdvice() {
        assertThat(faultThenSuccess())
                .hasToString("test/plain token: succeeded after 2 attempts in 2.2 s [ConnectException +150 ms, 200]");
        assertThat(Outcome.cleanSuccess("test/plain", "token", 200, Duration.ofMillis(3)))
                .hasToString("test/plain token: succeeded after 1 attempt in 3 ms [200]");
    }

    @Test
    void theLineOfACallWithoutAnAttemptHasNone() {
        assertThat(TestService.outcome(StopReason.CANCELLED))
                .hasToString(
                        "test/plain token: gave up (cancelled) after 0 attempts in 2.2 s [] The call was cancelled.");
    }

    @Test
    void theTableHasALineAnAttempt() {
        assertThat(throttledThenRefused().table()).isEqualTo("""
                        #         at     took  answer                 verdict         kind             pace             hint     wait  rule
                        1       0 ms    50 ms  429 too_many           retry           throttled        throttle          2 s    2.1 s  test/plain/busy
                        2     100 ms    50 ms  400 invalid_request    fail            invalid_request  -                   -        -  test/plain/bad
                        """);
        assertThat(faultThenSuccess().table().lines().skip(1))
                .containsExactly(
                        "1       0 ms   999 ms  ConnectException       -               -                -                   -   150 ms  -",
                        "2     100 ms    50 ms  200                    -               -                -                   -        -  -");
    }

    @Test
    void aLongCodeIsCutInTheTableAndWholeInTheJson() {
        String code = "AVeryLongCodeOfAVendor";
        Outcome outcome = TestService.outcome(
                StopReason.FAILED, TestService.answered(1, 400, decision(400, code), Duration.ZERO));
        assertThat(outcome.table()).contains("  400 AVeryLongCodeOfAV… fail ").doesNotContain(code);
        assertThat(outcome.json()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void theJsonHasEveryFact() {
        assertThat(throttledThenRefused().json())
                .isEqualTo("{\"service\":\"test/plain\",\"operation\":\"token\",\"reason\":\"failed\",\"totalMs\":2150,"
                        + "\"attempts\":[{\"number\":1,\"startedAfterMs\":0,\"tookMs\":50,\"status\":429,\"fault\":null,"
                        + "\"verdict\":\"retry\",\"kind\":\"throttled\",\"pace\":\"throttle\",\"code\":\"too_many\","
                        + "\"rule\":\"test/plain/busy\",\"hintMs\":2000,\"waitMs\":2050,\"requestIds\":{}},"
                        + "{\"number\":2,\"startedAfterMs\":100,\"tookMs\":50,\"status\":400,\"fault\":null,"
                        + "\"verdict\":\"fail\",\"kind\":\"invalid_request\",\"pace\":null,\"code\":\"invalid_request\","
                        + "\"rule\":\"test/plain/bad\",\"hintMs\":null,\"waitMs\":0,"
                        + "\"requestIds\":{\"x-request-id\":\"abc-1\"}}]}");
        assertThat(faultThenSuccess().json())
                .contains("\"status\":null,\"fault\":\"ConnectException\",\"verdict\":null,\"kind\":null,\"pace\":null,"
                        + "\"code\":null,\"rule\":null,\"hintMs\":null,\"waitMs\":150,\"requestIds\":{}}");
    }

    @Test
    void theLocaleOfTheMachineChangesNothing() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(throttledThenRefused().toString()).contains("in 2.2 s");
            assertThat(throttledThenRefused().table()).contains(" 2 s ").contains("\n2 ");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SUCCEEDED", "FAILED", "HOST_REFUSED"})
    void eachReasonHasItsOwnSentenceBeforeTheAdvice(StopReason reason) {
        Outcome outcome = TestService.outcome(
                reason, TestService.answered(1, 400, decision(400, "invalid_request"), Duration.ZERO));
        String sentence = OutcomeText.sentence(reason);
        assertThat(sentence).matches("[A-Z].*\\.");
        assertThat(outcome.toString()).contains("] " + sentence + " Do something. (");
        assertThat(new ServiceException(400, outcome.decision(), outcome))
                .hasMessageContaining("] " + sentence + " Do something.");
        assertThat(Stream.of(StopReason.values()).map(OutcomeText::sentence).filter(sentence::equals))
                .hasSize(1);
    }
}
