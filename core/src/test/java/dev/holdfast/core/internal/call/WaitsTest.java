package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Law 6: how long is waited, what the outcome says of it, and what the clock says: all three are the same. */
class WaitsTest {
    private static final int SEEDS = 20;

    @RegisterExtension
    final CallBench bench = CallBench.skipping();

    private Outcome outcome(Way way, Holdfast.Builder holdfast) throws Exception {
        Duration before = bench.time.elapsed();
        Outcome outcome = bench.call(holdfast).start(way).outcome();
        Duration passed = bench.time.elapsed().minus(before);
        assertThat(pauses(outcome).stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(passed);
        assertThat(outcome.total()).isEqualTo(passed);
        Duration at = Duration.ZERO;
        for (Attempt attempt : outcome.attempts()) {
            assertThat(attempt.startedAfter()).isEqualTo(at);
            at = at.plus(attempt.took()).plus(attempt.pause());
        }
        return outcome;
    }

    private Holdfast.Builder patient() {
        return bench.unbounded().maxAttempts(5).deadline(Duration.ofMinutes(3));
    }

    private static List<Duration> pauses(Outcome outcome) {
        return outcome.attempts().stream().map(Attempt::pause).toList();
    }

    @ParameterizedTest
    @CsvSource({"1, BLOCKING", "2, BLOCKING", "5, BLOCKING", "7, BLOCKING", "30, BLOCKING", "7, ASYNC"})
    void afterAHintAtMostAsMuchAgainAndAtMostFiveSeconds(int seconds, Way way) throws Exception {
        Duration retryAfter = Duration.ofSeconds(seconds);
        Set<Duration> drawn = new HashSet<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            bench.service.answers(FakeAnswer.status(503, "Retry-After", String.valueOf(seconds)), FakeAnswer.ok());
            Outcome outcome = outcome(way, patient().random(Randomness.seeded(seed)));
            Duration pause = pauses(outcome).get(0);
            assertThat(pause).as("seed %s", seed).isBetween(retryAfter, retryAfter.plusSeconds(Math.min(seconds, 5)));
            drawn.add(pause);
        }
        assertThat(drawn).hasSizeGreaterThan(SEEDS / 2);
    }

    /** Bounds in milliseconds, worked out by hand for a base of 1 s and a cap of 6 s. */
    static Stream<Arguments> backoffs() {
        Duration second = Duration.ofSeconds(1);
        Duration cap = Duration.ofSeconds(6);
        return Stream.of(
                Arguments.of(Backoff.fullJitter(second, cap), List.of(0, 0, 0, 0), List.of(1000, 2000, 4000, 6000)),
                Arguments.of(
                        Backoff.equalJitter(second, cap),
                        List.of(500, 1000, 2000, 3000),
                        List.of(1000, 2000, 4000, 6000)),
                Arguments.of(
                        Backoff.decorrelatedJitter(second, cap),
                        List.of(1000, 1000, 1000, 1000),
                        List.of(3000, 6000, 6000, 6000)),
                Arguments.of(Backoff.fixed(second), List.of(1000, 1000, 1000, 1000), List.of(1000, 1000, 1000, 1000)));
    }

    @ParameterizedTest
    @MethodSource("backoffs")
    void withoutAHintTheBackoffOfThePaceDraws(Backoff backoff, List<Integer> least, List<Integer> most)
            throws Exception {
        bench.service.always(FakeAnswer.status(503));
        for (Way way : Way.values()) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                Outcome outcome =
                        outcome(way, patient().backoff(Pace.TRANSIENT, backoff).random(Randomness.seeded(seed)));
                List<Duration> pauses = pauses(outcome);
                assertThat(pauses).hasSize(5);
                assertThat(pauses.get(4)).isZero();
                for (int i = 0; i < 4; i++) {
                    assertThat(pauses.get(i))
                            .as("wait %s of seed %s", i, seed)
                            .isBetween(Duration.ofMillis(least.get(i)), Duration.ofMillis(most.get(i)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedWaitsTheSame(Way way) throws Exception {
        bench.service.always(FakeAnswer.status(503));
        Outcome one = outcome(way, patient().random(Randomness.seeded(7)));
        Outcome same = outcome(way, patient().random(Randomness.seeded(7)));
        Outcome other = outcome(way, patient().random(Randomness.seeded(8)));
        assertThat(pauses(one)).isEqualTo(pauses(same)).isNotEqualTo(pauses(other));
    }

    @ParameterizedTest
    @EnumSource
    void aHintPastItsCapEndsTheCallAtOnce(Way way) throws Exception {
        bench.service.always(FakeAnswer.status(503, "Retry-After", "61"));
        assertHintTooLong(outcome(way, bench.unbounded().maxRetryAfter(Duration.ofSeconds(60))));
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aHintPastTheDeadlineEndsTheCallAtOnce(Way way) throws Exception {
        bench.service.always(FakeAnswer.status(503, "Retry-After", "30"));
        assertHintTooLong(outcome(way, bench.unbounded().deadline(Duration.ofSeconds(30))));
        assertThat(bench.requests()).isOne();
    }

    private static void assertHintTooLong(Outcome outcome) {
        assertThat(outcome.reason()).isEqualTo(StopReason.RETRY_AFTER_TOO_LONG);
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(outcome.total()).isZero();
    }

    @Test
    void aDateIsJudgedByTheServersOwnClock() throws Exception {
        bench.service.answers(
                FakeAnswer.status(
                        429, "Date", "Wed, 21 Oct 2015 07:28:00 GMT", "Retry-After", "Wed, 21 Oct 2015 07:28:10 GMT"),
                FakeAnswer.ok());
        Outcome outcome = outcome(Way.BLOCKING, bench.unbounded());
        assertThat(pauses(outcome).get(0)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
    }
}
