package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.call.CallBench;
import dev.holdfast.core.internal.call.FakeAnswer;
import dev.holdfast.core.internal.call.Way;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call does with the budget of its limiter. */
class RetryBudgetCallsTest {
    @RegisterExtension
    final CallBench bench = CallBench.skipping();

    private Holdfast.Builder patient(Pace pace, Duration wait) {
        return bench.holdfast().maxAttempts(30).deadline(Duration.ofMinutes(10)).backoff(pace, Backoff.fixed(wait));
    }

    private Outcome against(int status, Holdfast.Builder holdfast, Way way) throws Exception {
        bench.service.always(FakeAnswer.status(status));
        return bench.call(holdfast).start(way).outcome();
    }

    @ParameterizedTest
    @EnumSource
    void tenRetriesAndThenTheLastAnswer(Way way) throws Exception {
        Outcome outcome = against(503, patient(Pace.TRANSIENT, Duration.ofMillis(10)), way);
        assertThat(outcome.reason()).isEqualTo(StopReason.BUDGET);
        assertThat(outcome.attempts()).hasSize(11);
    }

    @ParameterizedTest
    @EnumSource
    void twentyRetriesAfterThrottles(Way way) throws Exception {
        Outcome outcome = against(429, patient(Pace.THROTTLE, Duration.ofMillis(10)), way);
        assertThat(outcome.reason()).isEqualTo(StopReason.BUDGET);
        assertThat(outcome.attempts()).hasSize(21);
    }

    @ParameterizedTest
    @EnumSource
    void allCallsOfAGateShareIt(Way way) throws Exception {
        bench.service.always(FakeAnswer.status(503));
        Holdfast holdfast = patient(Pace.TRANSIENT, Duration.ofMillis(10)).build();
        bench.call(holdfast).start(way).close();
        Outcome second = bench.call(holdfast).start(way).outcome();
        assertThat(second.reason()).isEqualTo(StopReason.BUDGET);
        assertThat(second.attempts()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void longWaitsInAMaintenanceCostNothing(Way way) throws Exception {
        Outcome outcome = against(410, patient(Pace.MAINTENANCE, Duration.ofSeconds(5)), way);
        assertThat(outcome.reason()).isEqualTo(StopReason.PATIENCE);
        assertThat(outcome.attempts()).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @EnumSource
    void shortOnesCostNothingEither(Way way) throws Exception {
        Outcome outcome = against(410, patient(Pace.MAINTENANCE, Duration.ofMillis(500)), way);
        assertThat(outcome.reason()).isEqualTo(StopReason.PATIENCE);
        assertThat(outcome.attempts()).hasSizeGreaterThan(150);
    }

    /** Once a retry-after of 1 s replaced the backoff, the call ended after 15 s and left no budget to the others. */
    @ParameterizedTest
    @EnumSource
    void aShortRetryAfterInAMaintenanceIsWaitedOutToo(Way way) throws Exception {
        bench.service.always(FakeAnswer.status(410, "Retry-After", "1"));
        Holdfast holdfast = bench.holdfast().build();
        Outcome outcome = bench.call(holdfast).start(way).outcome();
        assertThat(outcome.reason()).isEqualTo(StopReason.PATIENCE);
        assertThat(outcome.total()).hasSeconds(90);
        assertThat(bench.limiter(holdfast, CallBench.READ).budget().tokens()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void withoutBudgetOnlyTheAttemptsCount(Way way) throws Exception {
        Outcome outcome =
                against(503, patient(Pace.TRANSIENT, Duration.ofMillis(10)).withoutBudget(), way);
        assertThat(outcome.reason()).isEqualTo(StopReason.ATTEMPTS);
        assertThat(outcome.attempts()).hasSize(30);
    }

    @ParameterizedTest
    @EnumSource
    void aBudgetOfTheUsersOwnHolds(Way way) throws Exception {
        Holdfast.Builder holdfast =
                patient(Pace.TRANSIENT, Duration.ofSeconds(30)).limits("default", Limits.NONE.retryBudget(2, 0, 1));
        Outcome outcome = against(503, holdfast, way);
        assertThat(outcome.reason()).isEqualTo(StopReason.BUDGET);
        // Two tokens, and half a one for each wait: 1, 0.5 and 0 are left after the three retries, and 0.5 is too
        // little.
        assertThat(outcome.attempts()).hasSize(4);
    }
}
