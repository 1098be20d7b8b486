package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.emulators.laws.Adapter.Ask;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Law 6: how long is waited, what the outcome says of it, and what the clock says: all three are the same. */
class Law06WaitsTest {
    // Guards RetryEngine.afterHint: retry-after.plusNanos(uniform(0, spread)); RetryEngine.next: the retry-after cap
    private static final int SEEDS = 20;

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Outcome outcome(Adapter adapter, Holdfast.Builder holdfast) throws Exception {
        Duration before = bench.time.elapsed();
        Outcome outcome =
                adapter.call(bench, holdfast.build(), Ask.get(Bench.INSTANCE)).outcome();
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

    private static List<Duration> pauses(Outcome outcome) {
        return outcome.attempts().stream().map(Attempt::pause).toList();
    }

    static Stream<Arguments> hints() {
        return Stream.of(Adapter.values())
                .flatMap(adapter -> Stream.of(1, 2, 5, 7, 30).map(seconds -> Arguments.of(adapter, seconds)));
    }

    @ParameterizedTest
    @MethodSource("hints")
    void afterAHintAtMostAsMuchAgainAndAtMostFiveSeconds(Adapter adapter, int seconds) throws Exception {
        Duration retryAfter = Duration.ofSeconds(seconds);
        Set<Duration> drawn = new HashSet<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            bench.answers(
                    Bench.answer(503, "{}").addHeader("Retry-After", seconds).build(), Bench.ok());
            Outcome outcome = outcome(adapter, bench.azure().random(Randomness.seeded(seed)));
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
        List<Integer> doubling = List.of(1000, 2000, 4000, 6000);
        List<Integer> same = List.of(1000, 1000, 1000, 1000);
        return Stream.of(Adapter.values())
                .flatMap(adapter -> Stream.of(
                        Arguments.of(adapter, Backoff.fullJitter(second, cap), List.of(0, 0, 0, 0), doubling),
                        Arguments.of(
                                adapter, Backoff.equalJitter(second, cap), List.of(500, 1000, 2000, 3000), doubling),
                        Arguments.of(
                                adapter,
                                Backoff.decorrelatedJitter(second, cap),
                                same,
                                List.of(3000, 6000, 6000, 6000)),
                        Arguments.of(adapter, Backoff.fixed(second), same, same)));
    }

    @ParameterizedTest
    @MethodSource("backoffs")
    void withoutAHintTheBackoffOfThePaceDraws(Adapter adapter, Backoff backoff, List<Integer> least, List<Integer> most)
            throws Exception {
        bench.script.always(Bench.status(503));
        for (int seed = 1; seed <= SEEDS; seed++) {
            Outcome outcome = outcome(
                    adapter, bench.azure().backoff(Pace.TRANSIENT, backoff).random(Randomness.seeded(seed)));
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

    @ParameterizedTest
    @EnumSource
    void theSameSeedWaitsTheSame(Adapter adapter) throws Exception {
        bench.script.always(Bench.status(503));
        Outcome one = outcome(adapter, bench.azure().random(Randomness.seeded(7)));
        Outcome same = outcome(adapter, bench.azure().random(Randomness.seeded(7)));
        Outcome other = outcome(adapter, bench.azure().random(Randomness.seeded(8)));
        assertThat(pauses(one)).isEqualTo(pauses(same)).isNotEqualTo(pauses(other));
    }

    @ParameterizedTest
    @EnumSource
    void aHintPastItsCapEndsTheCallAtOnce(Adapter adapter) throws Exception {
        bench.script.always(
                Bench.answer(503, "{}").addHeader("Retry-After", "61").build());
        assertHintTooLong(outcome(adapter, bench.azure()));
        assertHintTooLong(outcome(adapter, bench.azure().maxRetryAfter(Duration.ofSeconds(60))));
        assertThat(bench.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aHintPastTheDeadlineEndsTheCallAtOnce(Adapter adapter) throws Exception {
        bench.script.always(
                Bench.answer(503, "{}").addHeader("Retry-After", "30").build());
        assertHintTooLong(outcome(adapter, bench.azure().deadline(Duration.ofSeconds(30))));
        assertThat(bench.requests()).isOne();
    }

    private static void assertHintTooLong(Outcome outcome) {
        assertThat(outcome.reason()).isEqualTo(StopReason.RETRY_AFTER_TOO_LONG);
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(outcome.total()).isZero();
    }

    @Test
    void aDateIsJudgedByTheServersOwnClock() throws Exception {
        bench.answers(
                Bench.answer(429, "{}")
                        .addHeader("Date", "Wed, 21 Oct 2015 07:28:00 GMT")
                        .addHeader("Retry-After", "Wed, 21 Oct 2015 07:28:10 GMT")
                        .build(),
                Bench.ok());
        Outcome outcome = outcome(Adapter.OKHTTP_EXECUTE, bench.azure());
        assertThat(pauses(outcome).get(0)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
    }
}
