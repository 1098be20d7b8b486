package dev.holdfast.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.policy.Backoff.Range;
import dev.holdfast.core.time.Seed;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
    private static final Seed SEED = Seed.of(BackoffTest.class);
    private static final Duration BASE = Duration.ofMillis(200);
    private static final Duration CAP = Duration.ofSeconds(20);

    static Stream<Backoff> all() {
        return Stream.of(
                Backoff.fullJitter(BASE, CAP),
                Backoff.equalJitter(BASE, CAP),
                Backoff.decorrelatedJitter(BASE, CAP),
                Backoff.fixed(BASE),
                Backoff.fullJitter(Duration.ofNanos(1), Durations.FOREVER),
                Backoff.equalJitter(Durations.FOREVER, Durations.FOREVER),
                Backoff.decorrelatedJitter(Duration.ofNanos(1), Durations.FOREVER));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyDrawIsWithinTheRange(Backoff backoff) {
        RandomGenerator random = SEED.generator();
        for (int round = 0; round < 500; round++) {
            Duration previous = null;
            for (int retry = 0; retry < 12; retry++) {
                Duration drawn = backoff.delay(retry, previous, random);
                assertThat(drawn)
                        .as("%s, retry %d, %s", backoff, retry, SEED)
                        .isBetween(
                                backoff.range(retry).least(),
                                backoff.range(retry).most());
                previous = drawn;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void neverOverflows(Backoff backoff) {
        RandomGenerator random = Randomness.seeded(1);
        for (int retry : new int[] {61, 62, 63, 64, 100, 1_000, Integer.MAX_VALUE}) {
            assertThat(backoff.delay(retry, Durations.FOREVER, random)).isBetween(Duration.ZERO, Durations.FOREVER);
            assertThat(backoff.range(retry).least())
                    .isBetween(Duration.ZERO, backoff.range(retry).most());
            assertThat(backoff.range(retry).most()).isBetween(Duration.ofNanos(1), Durations.FOREVER);
        }
    }

    @ParameterizedTest
    @MethodSource
    void rangeIsExact(Backoff backoff, int retry, long leastMillis, long mostMillis) {
        assertThat(backoff.range(retry))
                .isEqualTo(new Range(Duration.ofMillis(leastMillis), Duration.ofMillis(mostMillis)));
    }

    static Stream<Arguments> rangeIsExact() {
        Backoff full = Backoff.fullJitter(BASE, CAP);
        Backoff equal = Backoff.equalJitter(BASE, CAP);
        Backoff decorrelated = Backoff.decorrelatedJitter(BASE, CAP);
        Backoff flat = Backoff.decorrelatedJitter(BASE, BASE);
        return Stream.of(
                Arguments.of(full, 0, 0, 200),
                Arguments.of(full, 1, 0, 400),
                Arguments.of(full, 6, 0, 12_800),
                Arguments.of(full, 7, 0, 20_000),
                Arguments.of(full, 100, 0, 20_000),
                Arguments.of(full, -1, 0, 200),
                Arguments.of(equal, 0, 100, 200),
                Arguments.of(equal, 6, 6_400, 12_800),
                Arguments.of(equal, 100, 10_000, 20_000),
                Arguments.of(decorrelated, 0, 200, 600),
                Arguments.of(decorrelated, 1, 200, 1_800),
                Arguments.of(decorrelated, 3, 200, 16_200),
                Arguments.of(decorrelated, 4, 200, 20_000),
                Arguments.of(decorrelated, 100, 200, 20_000),
                Arguments.of(flat, 0, 200, 200),
                Arguments.of(Backoff.fixed(BASE), 9, 200, 200));
    }

    @ParameterizedTest
    @MethodSource
    void drawsEvenly(Backoff backoff, int retry, Duration previous) {
        int draws = 20_000;
        RandomGenerator random = Randomness.seeded(20_261_121);
        long least = backoff instanceof Backoff.DecorrelatedJitter
                ? BASE.toNanos()
                : backoff.range(retry).least().toNanos();
        long most = previous == null ? backoff.range(retry).most().toNanos() : 3 * previous.toNanos();
        int[] tenths = new int[10];
        long[] drawn = LongStream.generate(
                        () -> backoff.delay(retry, previous, random).toNanos())
                .limit(draws)
                .toArray();
        for (long nanos : drawn) {
            tenths[(int) Math.min(9, (nanos - least) * 10 / (most - least))]++;
        }
        assertThat(LongStream.of(drawn).average().orElseThrow())
                .isCloseTo((least + most) / 2.0, within((most - least) * 0.01));
        for (int tenth : tenths) {
            assertThat(tenth).isBetween(draws / 10 - 200, draws / 10 + 200);
        }
    }

    static Stream<Arguments> drawsEvenly() {
        return Stream.of(
                Arguments.of(Backoff.fullJitter(BASE, CAP), 0, null),
                Arguments.of(Backoff.fullJitter(BASE, CAP), 3, null),
                Arguments.of(Backoff.fullJitter(BASE, CAP), 50, null),
                Arguments.of(Backoff.equalJitter(BASE, CAP), 0, null),
                Arguments.of(Backoff.equalJitter(BASE, CAP), 50, null),
                Arguments.of(Backoff.decorrelatedJitter(BASE, CAP), 0, null),
                Arguments.of(Backoff.decorrelatedJitter(BASE, CAP), 5, Duration.ofSeconds(2)));
    }

    @Test
    void decorrelatedFollowsThePreviousWaitAndNotTheCount() {
        Backoff backoff = Backoff.decorrelatedJitter(BASE, CAP);
        Duration first = backoff.delay(0, Duration.ofSeconds(1), Randomness.seeded(5));
        assertThat(backoff.delay(99, Duration.ofSeconds(1), Randomness.seeded(5)))
                .isEqualTo(first);
        assertThat(backoff.delay(3, Duration.ofMillis(1), Randomness.seeded(5)))
                .as("a previous wait cut short must not pull the next below the base")
                .isEqualTo(BASE);
        RandomGenerator highest = () -> Long.MAX_VALUE;
        assertThat(Stream.generate(() -> backoff.delay(0, CAP, highest)).limit(20))
                .allMatch(d -> d.compareTo(CAP) <= 0);
    }

    @Test
    void theSameSeedGivesTheSameChain() {
        assertThat(chain(Randomness.seeded(3))).isEqualTo(chain(Randomness.seeded(3)));
        assertThat(chain(Randomness.seeded(3))).isNotEqualTo(chain(Randomness.seeded(4)));
    }

    private static List<Duration> chain(RandomGenerator random) {
        Backoff backoff = Backoff.decorrelatedJitter(BASE, CAP);
        return Stream.iterate(backoff.delay(0, null, random), previous -> backoff.delay(1, previous, random))
                .limit(20)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void theBaseMustBeAboveZero(Duration base) {
        assertThatThrownBy(() -> Backoff.fullJitter(base, CAP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("base must be above zero, but is " + base);
    }

    @Test
    void theCapMustHoldTheBaseAndBeFinite() {
        assertThatThrownBy(() -> Backoff.equalJitter(CAP, BASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cap must be at least the base (PT20S), but is PT0.2S");
        assertThatThrownBy(() -> Backoff.decorrelatedJitter(BASE, Durations.FOREVER.plusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cap must be at most PT876000H");
    }

    @Test
    void aFixedWaitMayBeZeroButNotNegative() {
        assertThat(Backoff.fixed(Duration.ZERO).delay(0, null, Randomness.seeded(1)))
                .isZero();
        assertThatThrownBy(() -> Backoff.fixed(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("wait must not be negative, but is PT-0.000000001S");
    }
}
