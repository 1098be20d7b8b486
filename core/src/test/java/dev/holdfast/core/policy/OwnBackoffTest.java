package dev.holdfast.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.call.CallBench;
import dev.holdfast.core.internal.call.FakeAnswer;
import dev.holdfast.core.internal.call.Way;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backoff of the user's own, and one whose first retry comes at once. */
class OwnBackoffTest {
    @RegisterExtension
    final CallBench bench = CallBench.skipping();

    private Outcome outcome(Backoff backoff, Way way) throws InterruptedException {
        bench.service.always(FakeAnswer.status(503));
        return bench.call(bench.unbounded().backoff(Pace.TRANSIENT, backoff))
                .start(way)
                .outcome();
    }

    private static List<Duration> waits(Outcome outcome) {
        return outcome.attempts().stream().map(Attempt::pause).toList();
    }

    @ParameterizedTest
    @EnumSource
    void aBackoffOfTheUsersOwnIsWaitedFor(Way way) throws Exception {
        Outcome outcome = outcome((retry, previous, random) -> Duration.ofSeconds(retry + 1L), way);
        assertThat(waits(outcome))
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource
    void aWaitBelowZeroIsNone(Way way) throws Exception {
        Outcome outcome = outcome((retry, previous, random) -> Duration.ofSeconds(-1), way);
        assertThat(outcome.reason()).isEqualTo(StopReason.ATTEMPTS);
        assertThat(outcome.total()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aBackoffThatThrowsEndsTheCall(Way way) throws Exception {
        Outcome outcome = outcome(
                (retry, previous, random) -> {
                    throw new IllegalStateException("mine");
                },
                way);
        assertThat(outcome.reason()).isEqualTo(StopReason.CALLBACK_FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void theFirstRetryMayComeAtOnce(Way way) throws Exception {
        Outcome outcome = outcome(Backoff.fixed(Duration.ofSeconds(3)).afterImmediateFirst(), way);
        assertThat(waits(outcome))
                .containsExactly(Duration.ZERO, Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ZERO);
    }

    @Test
    void theRestBeginsWhereItWouldHaveBegun() {
        Backoff rest = Backoff.decorrelatedJitter(Duration.ofSeconds(1), Duration.ofSeconds(50));
        Backoff backoff = rest.afterImmediateFirst();
        assertThat(backoff.range(0)).isEqualTo(new Backoff.Range(Duration.ZERO, Duration.ZERO));
        for (int retry = 1; retry < 5; retry++) {
            assertThat(backoff.range(retry)).isEqualTo(rest.range(retry - 1));
        }
        assertThat(backoff.delay(1, Duration.ZERO, Randomness.seeded(5)))
                .isEqualTo(rest.delay(0, null, Randomness.seeded(5)));
    }
}
