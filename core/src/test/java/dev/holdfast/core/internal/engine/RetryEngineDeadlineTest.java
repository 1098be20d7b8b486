package dev.holdfast.core.internal.engine;

import static dev.holdfast.core.internal.engine.EngineBench.fixed;
import static dev.holdfast.core.internal.engine.EngineBench.hinted;
import static dev.holdfast.core.internal.engine.EngineBench.retry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 7: one deadline; patience bounds STARTUP and MAINTENANCE, and lifts a service's default deadline, never a caller's. */
class RetryEngineDeadlineTest {
    private static final Duration TEN = Duration.ofSeconds(10);

    private static RetryPolicy.Builder patient() {
        return fixed(TEN)
                .attemptTimeout(Duration.ofSeconds(4))
                .patience(Pace.STARTUP, Duration.ofSeconds(25))
                .patience(Pace.MAINTENANCE, Duration.ofSeconds(90));
    }

    @Test
    void theLastAttemptIsMadeExactlyWhenThePatienceEnds() {
        EngineBench bench = new EngineBench(patient().build());
        bench.passes(Duration.ofSeconds(3));
        assertThat(bench.waited(retry(Pace.STARTUP))).isEqualTo(TEN);
        assertThat(bench.waited(retry(Pace.STARTUP))).isEqualTo(TEN);
        assertThat(bench.waited(retry(Pace.STARTUP))).hasSeconds(5);
        assertThat(bench.elapsed()).hasSeconds(3 + 25);
        assertThat(bench.stopped(retry(Pace.STARTUP))).isEqualTo(StopReason.PATIENCE);
    }

    @Test
    void attemptsThatTakeLongUseUpThePatienceToo() {
        EngineBench bench = new EngineBench(patient().build());
        assertThat(bench.waited(retry(Pace.STARTUP))).isEqualTo(TEN);
        bench.passes(Duration.ofSeconds(14));
        assertThat(bench.waited(retry(Pace.STARTUP))).hasSeconds(1);
        bench.passes(Duration.ofNanos(1));
        assertThat(bench.stopped(retry(Pace.STARTUP))).isEqualTo(StopReason.PATIENCE);
    }

    @Test
    void eachPaceHasItsOwnPatienceFromItsFirstAnswer() {
        EngineBench bench = new EngineBench(patient().build());
        bench.waited(retry(Pace.STARTUP));
        bench.waited(retry(Pace.MAINTENANCE));
        bench.waited(retry(Pace.STARTUP));
        assertThat(bench.elapsed()).hasSeconds(25);
        assertThat(bench.stopped(retry(Pace.STARTUP))).isEqualTo(StopReason.PATIENCE);
        while (bench.elapsed().compareTo(Duration.ofSeconds(10 + 90)) < 0) {
            bench.waited(retry(Pace.MAINTENANCE));
        }
        assertThat(bench.elapsed()).hasSeconds(10 + 90);
        assertThat(bench.stopped(retry(Pace.MAINTENANCE))).isEqualTo(StopReason.PATIENCE);
    }

    @Test
    void patienceOfZeroMakesTheFirstAnswerFinal() {
        RetryPolicy policy = patient().patience(Pace.STARTUP, Duration.ZERO).build();
        assertThat(new EngineBench(policy).stopped(retry(Pace.STARTUP))).isEqualTo(StopReason.PATIENCE);
    }

    @Test
    void patienceLiftsADefaultDeadlineAndTheLastAttemptHasItsTime() {
        EngineBench bench = new EngineBench(
                patient().defaultDeadline(Duration.ofSeconds(30)).build());
        for (int i = 0; i < 9; i++) {
            assertThat(bench.waited(retry(Pace.MAINTENANCE))).isEqualTo(TEN);
            assertThat(bench.attemptTimeout(null)).hasSeconds(4);
        }
        assertThat(bench.elapsed()).hasSeconds(90);
        assertThat(bench.stopped(retry(Pace.MAINTENANCE))).isEqualTo(StopReason.PATIENCE);
    }

    @Test
    void theLiftCountsFromTheFirstSuchAnswer() {
        EngineBench bench = new EngineBench(
                patient().maxAttempts(9).defaultDeadline(Duration.ofSeconds(30)).build());
        bench.waited(retry(Pace.TRANSIENT));
        bench.waited(retry(Pace.TRANSIENT));
        for (int i = 0; i < 9; i++) {
            bench.waited(retry(Pace.MAINTENANCE));
        }
        assertThat(bench.elapsed()).hasSeconds(20 + 90);
        assertThat(bench.attemptTimeout(null)).hasSeconds(4);
    }

    @Test
    void patienceNeverLiftsACallersDeadline() {
        EngineBench bench =
                new EngineBench(patient().deadline(Duration.ofSeconds(30)).build());
        bench.waited(retry(Pace.MAINTENANCE));
        bench.waited(retry(Pace.MAINTENANCE));
        assertThat(bench.attemptTimeout(null)).hasSeconds(4);
        assertThat(bench.stopped(retry(Pace.MAINTENANCE))).isEqualTo(StopReason.DEADLINE);
    }

    @Test
    void patienceNeverLiftsACallersLimit() {
        EngineBench bench = new EngineBench(patient().build(), Duration.ofSeconds(15));
        bench.waited(retry(Pace.MAINTENANCE));
        assertThat(bench.attemptTimeout(null)).hasSeconds(4);
        assertThat(bench.stopped(retry(Pace.MAINTENANCE))).isEqualTo(StopReason.DEADLINE);
    }

    @ParameterizedTest
    @EnumSource(value = Pace.class)
    void aWaitToTheDeadlineOrPastItEndsTheCallAtOnce(Pace pace) {
        EngineBench exactly =
                new EngineBench(patient().deadline(Duration.ofSeconds(10)).build());
        assertThat(exactly.stopped(retry(pace))).isEqualTo(StopReason.DEADLINE);
        EngineBench before = new EngineBench(
                patient().deadline(Duration.ofSeconds(10).plusNanos(1)).build());
        assertThat(before.waited(retry(pace))).isEqualTo(TEN);
        assertThat(before.stopped(retry(pace))).isEqualTo(StopReason.DEADLINE);
    }

    /** The server's word is never cut to the patience that is left; it may be waited for within the deadline. */
    @Test
    void aHintIsNeverCutToThePatience() {
        EngineBench bench =
                new EngineBench(patient().deadline(Duration.ofMinutes(5)).build());
        assertThat(bench.waited(hinted(Pace.STARTUP, Duration.ofSeconds(40))))
                .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(45));
        assertThat(bench.stopped(retry(Pace.STARTUP))).isEqualTo(StopReason.PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT4S",
        "PT25S, PT4S",
        "PT26S, PT4S",
        "PT27S, PT3S",
        "PT29.999999999S, PT0.000000001S",
        "PT30S, PT0S",
        "PT40S, PT0S"
    })
    void theAttemptTimeoutShrinksToWhatIsLeft(Duration elapsed, Duration timeout) {
        EngineBench bench =
                new EngineBench(patient().deadline(Duration.ofSeconds(30)).build());
        bench.passes(elapsed);
        assertThat(bench.attemptTimeout(null)).isEqualTo(timeout);
    }

    @Test
    void anOperationsTimeoutReplacesThePolicys() {
        EngineBench bench =
                new EngineBench(patient().deadline(Duration.ofSeconds(30)).build(), Duration.ofSeconds(20));
        assertThat(bench.attemptTimeout(Duration.ofSeconds(12))).hasSeconds(12);
        assertThat(bench.attemptTimeout(Duration.ofMinutes(2))).hasSeconds(20);
        bench.passes(Duration.ofSeconds(19));
        assertThat(bench.attemptTimeout(Duration.ofSeconds(12))).hasSeconds(1);
    }

    @Test
    void aLimitThatIsUsedUpBeforeTheCallBeginsLeavesNoTime() {
        EngineBench bench = new EngineBench(patient().build(), Duration.ZERO);
        assertThat(bench.attemptTimeout(null)).isZero();
        assertThat(bench.stopped(retry(Pace.MAINTENANCE))).isEqualTo(StopReason.DEADLINE);
    }
}
