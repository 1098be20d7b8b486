package dev.holdfast.core.internal.engine;

import static dev.holdfast.core.internal.engine.EngineBench.RENEW;
import static dev.holdfast.core.internal.engine.EngineBench.decision;
import static dev.holdfast.core.internal.engine.EngineBench.fixed;
import static dev.holdfast.core.internal.engine.EngineBench.retry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.policy.RetrySafety;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryEngineTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @EnumSource(RetrySafety.class)
    void aFailureStops(RetrySafety retrySafety) {
        EngineBench bench = new EngineBench(fixed(SECOND).build());
        bench.retrySafety = retrySafety;
        assertThat(bench.stopped(decision(Verdict.fail(), Processed.NO))).isEqualTo(StopReason.FAILED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 100})
    void attemptsBoundTheQuickPacesTogether(int attempts) {
        EngineBench bench = new EngineBench(
                fixed(Duration.ofMillis(1)).maxAttempts(attempts).build());
        for (int made = 1; made < attempts; made++) {
            assertThat(bench.waited(retry(made % 2 == 0 ? Pace.TRANSIENT : Pace.THROTTLE)))
                    .hasMillis(1);
        }
        assertThat(bench.stopped(retry(Pace.TRANSIENT))).isEqualTo(StopReason.ATTEMPTS);
    }

    @Test
    void attemptsBoundNeitherStartupNorMaintenance() {
        EngineBench bench = new EngineBench(fixed(Duration.ofMillis(10))
                .maxAttempts(2)
                .deadline(Duration.ofMinutes(5))
                .build());
        for (int i = 0; i < 500; i++) {
            assertThat(bench.waited(retry(Pace.STARTUP))).hasMillis(10);
            assertThat(bench.waited(retry(Pace.MAINTENANCE))).hasMillis(10);
        }
        assertThat(bench.waited(retry(Pace.TRANSIENT))).hasMillis(10);
        assertThat(bench.stopped(retry(Pace.THROTTLE))).isEqualTo(StopReason.ATTEMPTS);
    }

    /** Each pace has its own count and its own previous wait. */
    @Test
    void everyPaceHasItsOwnBackoff() {
        RetryPolicy policy = RetryPolicy.builder()
                .maxAttempts(100)
                .backoff(Pace.TRANSIENT, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(64)))
                .backoff(Pace.THROTTLE, Backoff.decorrelatedJitter(SECOND, Duration.ofMinutes(1)))
                .deadline(Duration.ofHours(1))
                .build();
        EngineBench bench = new EngineBench(policy);
        assertThat(bench.waited(retry(Pace.TRANSIENT))).isBetween(SECOND, Duration.ofSeconds(2));
        Duration previous = bench.waited(retry(Pace.THROTTLE));
        assertThat(previous).isBetween(SECOND, Duration.ofSeconds(3));
        Duration longest = previous;
        assertThat(bench.waited(retry(Pace.TRANSIENT))).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        for (int i = 0; i < 20; i++) {
            Duration next = bench.waited(retry(Pace.THROTTLE));
            assertThat(next).isBetween(SECOND, previous.multipliedBy(3));
            longest = Durations.max(longest, next);
            previous = next;
        }
        assertThat(longest)
                .as("three times the base, had the previous wait been forgotten")
                .isGreaterThan(Duration.ofSeconds(3));
        assertThat(bench.waited(retry(Pace.TRANSIENT))).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @ParameterizedTest
    @CsvSource({
        "ALWAYS, NO, true",
        "ALWAYS, YES, true",
        "ALWAYS, UNKNOWN, true",
        "IF_NOT_PROCESSED, NO, true",
        "IF_NOT_PROCESSED, YES, false",
        "IF_NOT_PROCESSED, UNKNOWN, false",
        "NEVER, NO, false",
        "NEVER, YES, false",
        "NEVER, UNKNOWN, false"
    })
    void replayDecidesWhetherARequestIsSentAgain(RetrySafety retrySafety, Processed nothing, boolean again) {
        for (Pace pace : Pace.values()) {
            EngineBench bench = new EngineBench(fixed(SECOND).build());
            bench.retrySafety = retrySafety;
            NextStep step = bench.next(decision(Verdict.retry(pace), nothing));
            assertThat(step)
                    .isEqualTo(again ? new NextStep.Retry(SECOND) : new NextStep.Stop(StopReason.NOT_REPEATABLE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ALWAYS, NO, true",
        "ALWAYS, YES, true",
        "ALWAYS, UNKNOWN, true",
        "IF_NOT_PROCESSED, NO, true",
        "IF_NOT_PROCESSED, UNKNOWN, true",
        "IF_NOT_PROCESSED, YES, false",
        "NEVER, NO, false",
        "NEVER, YES, false",
        "NEVER, UNKNOWN, false"
    })
    void replayDecidesAboutARenewalToo(RetrySafety retrySafety, Processed nothing, boolean renewed) {
        EngineBench bench = new EngineBench(fixed(SECOND).build());
        bench.retrySafety = retrySafety;
        assertThat(bench.next(decision(RENEW, nothing)))
                .isEqualTo(
                        renewed
                                ? new NextStep.Renew(Verdict.Renewal.CREDENTIAL)
                                : new NextStep.Stop(StopReason.NOT_REPEATABLE));
    }

    @ParameterizedTest
    @EnumSource(Verdict.Renewal.class)
    void renewsOnceInACall(Verdict.Renewal what) {
        EngineBench bench = new EngineBench(fixed(SECOND).build());
        Verdict verdict = Verdict.reauthenticate(what);
        assertThat(bench.next(decision(verdict, Processed.NO))).isEqualTo(new NextStep.Renew(what));
        assertThat(bench.waited(retry(Pace.TRANSIENT))).isEqualTo(SECOND);
        assertThat(bench.stopped(decision(verdict, Processed.NO))).isEqualTo(StopReason.REFUSED_AGAIN);
        for (Verdict.Renewal other : Verdict.Renewal.values()) {
            Verdict another = Verdict.reauthenticate(other);
            if (other == what) {
                continue;
            }
            // A machine that was suspended has a wrong clock and an expired key.
            assertThat(bench.next(decision(another, Processed.NO))).isEqualTo(new NextStep.Renew(other));
        }
        assertThat(bench.stopped(decision(verdict, Processed.NO))).isEqualTo(StopReason.REFUSED_AGAIN);
    }

    @Test
    void whereNothingCanBeRenewedTheRefusalIsFinal() {
        EngineBench bench = new EngineBench(fixed(SECOND).build());
        bench.canRenew = false;
        assertThat(bench.stopped(decision(RENEW, Processed.NO))).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(bench.stopped(decision(RENEW, Processed.NO))).isEqualTo(StopReason.NO_CREDENTIAL);
    }

    @Test
    void aRenewalCountsNoAttempt() {
        EngineBench bench = new EngineBench(fixed(SECOND).maxAttempts(2).build());
        bench.next(decision(RENEW, Processed.NO));
        assertThat(bench.waited(retry(Pace.TRANSIENT))).isEqualTo(SECOND);
        assertThat(bench.stopped(retry(Pace.TRANSIENT))).isEqualTo(StopReason.ATTEMPTS);
    }

    @Test
    void theSameSeedGivesTheSameWaits() {
        assertThat(waits(7)).isEqualTo(waits(7)).isNotEqualTo(waits(8));
    }

    private static List<NextStep> waits(long seed) {
        RetryEngine engine =
                new RetryEngine(RetryPolicy.builder().maxAttempts(9).build(), Randomness.seeded(seed));
        RetryState progress = new RetryState(0, null);
        return Stream.generate(() -> engine.next(progress, retry(Pace.TRANSIENT), RetrySafety.ALWAYS, false, 0))
                .limit(8)
                .toList();
    }

    @Test
    void needsPolicyAndRandomness() {
        assertThatThrownBy(() -> new RetryEngine(null, Randomness.seeded(1))).hasMessage("policy must not be null");
        assertThatThrownBy(() -> new RetryEngine(RetryPolicy.defaults(), null)).hasMessage("random must not be null");
    }
}
