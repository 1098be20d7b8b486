package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.policy.Limits;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a limiter keeps its callers away after a retry-after: never less than asked, and spread over as much again, at most five seconds. */
class EndpointLimiterPauseLengthTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final long SEED = Long.getLong("holdfast.seed", 20261128);

    private final Queue queue = new Queue(Limits.NONE);
    private final RandomGenerator random = Randomness.seeded(SEED);

    private List<Duration> drawn() {
        return Stream.generate(() -> queue.limiter.pauseLeft("", LONG, LONG, random))
                .limit(500)
                .toList();
    }

    private void assertSpread(Duration least, Duration most) {
        Duration tenth = most.minus(least).dividedBy(10);
        assertThat(drawn())
                .as("seed %d", SEED)
                .allSatisfy(pause -> assertThat(pause).isBetween(least, most))
                .anySatisfy(pause -> assertThat(pause).isLessThan(least.plus(tenth)))
                .anySatisfy(pause -> assertThat(pause).isGreaterThan(most.minus(tenth)));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 4", "5, 10", "7, 12", "30, 35"})
    void theSpreadIsTheHintAtMostAndFiveSecondsAtMost(int retryAfter, int most) {
        queue.limiter.pause("", Duration.ofSeconds(retryAfter));
        assertSpread(Duration.ofSeconds(retryAfter), Duration.ofSeconds(most));
    }

    @Test
    void aLaterShorterHintDoesNotCutALongerPause() throws Exception {
        queue.limiter.pause("", Duration.ofSeconds(30));
        queue.time.advance(Duration.ofSeconds(2));
        queue.limiter.pause("", Duration.ofSeconds(1));
        assertSpread(Duration.ofSeconds(28), Duration.ofSeconds(33));
    }

    @Test
    void aLaterLongerHintMakesThePauseLonger() throws Exception {
        queue.limiter.pause("", Duration.ofSeconds(1));
        queue.limiter.pause("", Duration.ofSeconds(30));
        queue.time.advance(Duration.ofSeconds(2));
        assertSpread(Duration.ofSeconds(28), Duration.ofSeconds(33));
    }

    /** A shorter retry-after after the longer one has ended is a pause of its own. */
    @Test
    void aHintAfterThePauseCountsAnew() throws Exception {
        queue.limiter.pause("", Duration.ofSeconds(30));
        queue.time.advance(Duration.ofSeconds(30));
        assertThat(queue.limiter.pauseLeft("", LONG, LONG, random)).isZero();
        queue.limiter.pause("", Duration.ofSeconds(1));
        assertSpread(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    private Duration left(Duration most, Duration deadline) {
        return queue.limiter.pauseLeft("", most, deadline, random);
    }

    /** Law 16: an interactive call waits for no retry-after of 20 minutes, and so for no other call's either. */
    @Test
    void noCallIsHeldLongerThanByARetryAfterOfItsOwn() throws Exception {
        queue.limiter.pause("", Duration.ofMinutes(20));
        Duration most = Duration.ofSeconds(10);
        assertThat(left(most, LONG)).isBetween(most, most.plusSeconds(5));
        queue.time.advance(Duration.ofSeconds(4));
        assertThat(left(most, LONG)).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(11));
        queue.limiter.pause("", Duration.ofMinutes(30));
        queue.time.advance(Duration.ofSeconds(6));
        assertThat(left(most, LONG)).as("counted from the pause's beginning").isZero();
        assertThat(left(Duration.ofHours(1), LONG)).isGreaterThan(Duration.ofMinutes(29));
    }

    @Test
    void theSpreadIsCutToTheDeadlineAndThePauseIsNot() {
        queue.limiter.pause("", Duration.ofSeconds(10));
        for (int i = 0; i < 100; i++) {
            assertThat(left(LONG, Duration.ofSeconds(11))).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_750));
        }
        assertThat(left(LONG, Duration.ofMillis(10_100))).hasSeconds(10);
        assertThat(left(LONG, Duration.ofSeconds(9))).hasSeconds(10);
    }

    @Test
    void anotherScopeIsNotPaused() throws Exception {
        queue.limiter.pause("a", Duration.ofSeconds(10));
        assertThat(queue.limiter.pauseLeft("a", LONG, LONG, random)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(queue.limiter.pauseLeft("b", LONG, LONG, random)).isZero();
        queue.time.advance(Duration.ofSeconds(5));
        queue.limiter.pause("b", Duration.ofSeconds(1));
        assertThat(queue.limiter.pauseLeft("a", LONG, LONG, random)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void withoutAHintThereIsNoPause() {
        assertThat(queue.limiter.pauseLeft("", LONG, LONG, random)).isZero();
    }
}
