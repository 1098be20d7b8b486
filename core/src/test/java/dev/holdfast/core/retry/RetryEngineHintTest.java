package dev.holdfast.core.retry;

import static dev.holdfast.core.retry.EngineBench.fixed;
import static dev.holdfast.core.retry.EngineBench.hinted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.core.error.Pace;
import dev.holdfast.core.time.Durations;
import dev.holdfast.core.time.Randomness;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 6: wait = hint + uniform(0, min(hint, 5 s)), never earlier than the server asked. */
class RetryEngineHintTest {
    private static final Duration OWN = Duration.ofMillis(17);

    @ParameterizedTest
    @CsvSource({
        "PT0.000000001S, PT0.000000001S",
        "PT0.25S, PT0.25S",
        "PT4.999S, PT4.999S",
        "PT5S, PT5S",
        "PT5.001S, PT5S",
        "PT60S, PT5S"
    })
    void aHintIsFollowedByItsSpread(Duration hint, Duration spread) {
        RetryPolicy policy =
                fixed(OWN).maxAttempts(2).deadline(Duration.ofHours(1)).build();
        RetryEngine engine = new RetryEngine(policy, Randomness.seeded(20_261_121));
        int draws = 10_000;
        double sum = 0;
        for (int i = 0; i < draws; i++) {
            NextStep step = engine.next(new Progress(0, null), hinted(Pace.THROTTLE, hint), Replay.SAFE, false, 0);
            Duration wait = ((NextStep.Again) step).delay();
            assertThat(wait).isBetween(hint, hint.plus(spread));
            sum += wait.toNanos();
        }
        double middle = hint.toNanos() + spread.toNanos() / 2.0;
        assertThat(sum / draws).isCloseTo(middle, within(Math.max(1, spread.toNanos() * 0.02)));
    }

    @ParameterizedTest
    @EnumSource(Pace.class)
    void aHintReplacesTheBackoffOfEveryPace(Pace pace) {
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
                .hintCap(Duration.ofSeconds(30))
                .deadline(Duration.ofMinutes(10))
                .build();
        EngineBench bench = new EngineBench(policy);
        assertThat(bench.waited(hinted(pace, Duration.ofSeconds(30))))
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(35));
        assertThat(bench.stopped(hinted(pace, Duration.ofSeconds(30).plusNanos(1))))
                .isEqualTo(StopReason.HINT_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT876000H"})
    void aHintPastTheDeadlineEndsTheCallAtOnce(Duration hint) {
        RetryPolicy policy = fixed(OWN)
                .hintCap(Duration.ofSeconds(Long.MAX_VALUE))
                .deadline(Duration.ofSeconds(60))
                .build();
        assertThat(new EngineBench(policy).stopped(hinted(Pace.TRANSIENT, hint)))
                .isEqualTo(StopReason.HINT_TOO_LONG);
    }

    @Test
    void aHintPastTheCallersLimitEndsTheCallAtOnce() {
        EngineBench bench =
                new EngineBench(fixed(OWN).deadline(Durations.FOREVER).build(), Duration.ofSeconds(3));
        assertThat(bench.stopped(hinted(Pace.TRANSIENT, Duration.ofSeconds(3)))).isEqualTo(StopReason.HINT_TOO_LONG);
    }

    @Test
    void aCapOfZeroMeansThatNoHintIsWaitedFor() {
        EngineBench bench = new EngineBench(fixed(OWN).hintCap(Duration.ZERO).build());
        assertThat(bench.waited(hinted(Pace.TRANSIENT, Duration.ZERO))).isEqualTo(OWN);
        assertThat(bench.stopped(hinted(Pace.TRANSIENT, Duration.ofNanos(1)))).isEqualTo(StopReason.HINT_TOO_LONG);
    }

    @Test
    void attemptsBoundHintedWaitsToo() {
        EngineBench bench = new EngineBench(fixed(OWN).maxAttempts(2).build());
        bench.waited(hinted(Pace.THROTTLE, Duration.ofSeconds(1)));
        assertThat(bench.stopped(hinted(Pace.THROTTLE, Duration.ofSeconds(1)))).isEqualTo(StopReason.ATTEMPTS);
    }
}
