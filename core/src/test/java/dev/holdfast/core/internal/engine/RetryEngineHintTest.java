package dev.holdfast.core.internal.engine;

import static dev.holdfast.core.internal.engine.EngineBench.fixed;
import static dev.holdfast.core.internal.engine.EngineBench.hinted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.policy.RetrySafety;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 6: wait = max(retry-after + uniform(0, min(retry-after, 5 s)), own draw), never earlier than the server asked. */
class RetryEngineHintTest {
    private static final Duration OWN = Duration.ofMillis(17);
    private static final Duration NONE = Duration.ZERO;

    @ParameterizedTest
    @CsvSource({
        "PT0.000000001S, PT0.000000001S",
        "PT0.25S, PT0.25S",
        "PT4.999S, PT4.999S",
        "PT5S, PT5S",
        "PT5.001S, PT5S",
        "PT60S, PT5S"
    })
    void aHintIsFollowedByItsSpread(Duration retryAfter, Duration spread) {
        RetryPolicy policy =
                fixed(NONE).maxAttempts(2).deadline(Duration.ofHours(1)).build();
        RetryEngine engine = new RetryEngine(policy, Randomness.seeded(20_261_121));
        int draws = 10_000;
        double sum = 0;
        for (int i = 0; i < draws; i++) {
            NextStep step = engine.next(
                    new RetryState(0, null), hinted(Pace.THROTTLE, retryAfter), RetrySafety.ALWAYS, false, 0);
            Duration wait = ((NextStep.Retry) step).delay();
            assertThat(wait).isBetween(retryAfter, retryAfter.plus(spread));
            sum += wait.toNanos();
        }
        double middle = retryAfter.toNanos() + spread.toNanos() / 2.0;
        assertThat(sum / draws).isCloseTo(middle, within(Math.max(1, spread.toNanos() * 0.02)));
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void aHintLongerThanTheBackoffOfEveryPaceIsWaitedFor(Pace pace) {
        EngineBench bench = new EngineBench(fixed(OWN).build());
        assertThat(bench.waited(hinted(pace, Duration.ofSeconds(2))))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(bench.waited(hinted(pace, Duration.ZERO))).isEqualTo(OWN);
        assertThat(bench.waited(hinted(pace, null))).isEqualTo(OWN);
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void aHintAtTheCapIsFollowedAndOneAboveEndsTheCall(Pace pace) {
        RetryPolicy policy = fixed(OWN)
                .maxRetryAfter(Duration.ofSeconds(30))
                .deadline(Duration.ofMinutes(10))
                .build();
        EngineBench bench = new EngineBench(policy);
        assertThat(bench.waited(hinted(pace, Duration.ofSeconds(30))))
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(35));
        assertThat(bench.stopped(hinted(pace, Duration.ofSeconds(30).plusNanos(1))))
                .isEqualTo(StopReason.RETRY_AFTER_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT876000H"})
    void aHintPastTheDeadlineEndsTheCallAtOnce(Duration retryAfter) {
        RetryPolicy policy = fixed(OWN)
                .maxRetryAfter(Duration.ofSeconds(Long.MAX_VALUE))
                .deadline(Duration.ofSeconds(60))
                .build();
        assertThat(new EngineBench(policy).stopped(hinted(Pace.TRANSIENT, retryAfter)))
                .isEqualTo(StopReason.RETRY_AFTER_TOO_LONG);
    }

    @Test
    void aHintPastTheCallersLimitEndsTheCallAtOnce() {
        EngineBench bench =
                new EngineBench(fixed(OWN).deadline(Durations.FOREVER).build(), Duration.ofSeconds(3));
        assertThat(bench.stopped(hinted(Pace.TRANSIENT, Duration.ofSeconds(3))))
                .isEqualTo(StopReason.RETRY_AFTER_TOO_LONG);
    }

    /** A retry-after of 1 ms asks for no less than the pace: four requests in 4 ms would be the next overload. */
    @ParameterizedTest
    @EnumSource(Pace.class)
    void aShortHintNeverUndercutsTheOwnDraw(Pace pace) {
        EngineBench bench = new EngineBench(fixed(Duration.ofSeconds(3)).build());
        assertThat(bench.waited(hinted(pace, Duration.ofMillis(1)))).hasSeconds(3);
        assertThat(bench.waited(hinted(pace, Duration.ofMillis(1_400)))).hasSeconds(3);
    }

    /** With 10 s, a deadline of 11 s and a spread of 5 s, four of five draws would end the call. */
    @Test
    void aHintThatFitsTheDeadlineNeverEndsTheCallByChance() {
        RetryPolicy policy = fixed(OWN).deadline(Duration.ofSeconds(11)).build();
        RetryEngine engine = new RetryEngine(policy, Randomness.seeded(20_261_129));
        for (int i = 0; i < 1_000; i++) {
            NextStep step = engine.next(
                    new RetryState(0, null),
                    hinted(Pace.THROTTLE, Duration.ofSeconds(10)),
                    RetrySafety.ALWAYS,
                    false,
                    0);
            assertThat(((NextStep.Retry) step).delay()).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_750));
        }
    }

    @Test
    void theCutLeavesAnAttemptItsTimeButNeverUndercutsTheHint() {
        EngineBench bench =
                new EngineBench(fixed(OWN).deadline(Duration.ofSeconds(10)).build());
        assertThat(bench.waited(hinted(Pace.TRANSIENT, Duration.ofMillis(9_900))))
                .hasMillis(9_900);
    }

    /** After the attempt for which a wait was cut, none follows, however short the hint: there is no backoff left to wait for. */
    @Test
    void aWaitIsCutOnce() {
        EngineBench bench = new EngineBench(fixed(Duration.ofSeconds(8))
                .maxAttempts(100)
                .deadline(Duration.ofSeconds(10))
                .build());
        assertThat(bench.waited(hinted(Pace.STARTUP, Duration.ofSeconds(1)))).hasSeconds(8);
        assertThat(bench.waited(hinted(Pace.STARTUP, Duration.ofMillis(1)))).hasMillis(1_750);
        assertThat(bench.stopped(hinted(Pace.STARTUP, Duration.ofMillis(1)))).isEqualTo(StopReason.DEADLINE);
    }

    @Test
    void aCapOfZeroMeansThatNoHintIsWaitedFor() {
        EngineBench bench =
                new EngineBench(fixed(OWN).maxRetryAfter(Duration.ZERO).build());
        assertThat(bench.waited(hinted(Pace.TRANSIENT, Duration.ZERO))).isEqualTo(OWN);
        assertThat(bench.stopped(hinted(Pace.TRANSIENT, Duration.ofNanos(1))))
                .isEqualTo(StopReason.RETRY_AFTER_TOO_LONG);
    }

    @Test
    void attemptsBoundHintedWaitsToo() {
        EngineBench bench = new EngineBench(fixed(OWN).maxAttempts(2).build());
        bench.waited(hinted(Pace.THROTTLE, Duration.ofSeconds(1)));
        assertThat(bench.stopped(hinted(Pace.THROTTLE, Duration.ofSeconds(1)))).isEqualTo(StopReason.ATTEMPTS);
    }
}
