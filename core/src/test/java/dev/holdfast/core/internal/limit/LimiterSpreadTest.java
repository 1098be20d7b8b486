package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.call.CallBench;
import dev.holdfast.core.internal.call.FakeAnswer;
import dev.holdfast.core.internal.call.FakeCall;
import dev.holdfast.core.internal.call.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rate limiter spreads evenly: never two attempts within one interval, in the order of arrival. */
class LimiterSpreadTest {
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(10);

    @RegisterExtension
    final CallBench bench = CallBench.skipping();

    @Test
    void callsAtOnceGoOneIntervalApartInTheirOrder() throws Exception {
        Queue queue = new Queue(Queue.every(INTERVAL));
        List<Queue.Place> asked =
                IntStream.range(0, 30).mapToObj(i -> queue.enter(LONG)).toList();
        queue.time.advance(INTERVAL.multipliedBy(29));
        assertThat(queue.admitted).isEqualTo(asked);
        assertThat(queue.gaps()).hasSize(29).containsOnly(INTERVAL);
        assertThat(queue.time.pending()).isZero();
    }

    /** Without the line about notBefore in Spacing.untilDue, a call at the end of a window is followed by one at the beginning of the next. */
    @Test
    void noneGoesRightAfterOneWhoWentAtTheEndOfAWindow() throws Exception {
        Queue queue = new Queue(Queue.every(INTERVAL));
        queue.time.advance(INTERVAL.minusMillis(1));
        queue.enter(LONG);
        queue.time.advance(Duration.ofMillis(1));
        queue.enter(LONG);
        assertThat(queue.admitted).hasSize(1);
        queue.time.advance(INTERVAL);
        assertThat(queue.gaps()).containsExactly(INTERVAL);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverTwoWithinOneIntervalWheneverTheyCome(long seed) throws Exception {
        Random random = new Random(seed);
        Queue queue = new Queue(Queue.every(INTERVAL));
        List<Queue.Place> asked = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            queue.time.advance(Duration.ofMillis(random.nextInt(5) == 0 ? random.nextInt(1500) : random.nextInt(40)));
            asked.add(queue.enter(LONG));
        }
        queue.time.advance(LONG);
        assertThat(queue.admitted).as("seed %d", seed).isEqualTo(asked);
        assertThat(Collections.min(queue.gaps())).isGreaterThanOrEqualTo(INTERVAL);
    }

    @Test
    void aBusyLimiterLosesNothingToItsWindows() throws Exception {
        Queue queue = new Queue(Queue.every(INTERVAL));
        queue.time.advance(Duration.ofMillis(130));
        for (int i = 0; i < 100; i++) {
            queue.enter(LONG);
        }
        queue.time.advance(INTERVAL.multipliedBy(99));
        assertThat(queue.admitted).hasSize(100);
    }

    @Test
    void halfTheRateForThirtySecondsAfterAThrottle() throws Exception {
        Queue queue = new Queue(Queue.every(INTERVAL));
        queue.limiter.throttled();
        for (int i = 0; i < 200; i++) {
            queue.enter(LONG);
        }
        queue.time.advance(LONG);
        List<Duration> moments = queue.moments();
        for (int i = 1; i < moments.size(); i++) {
            boolean slowed = moments.get(i - 1).compareTo(Duration.ofSeconds(30)) < 0;
            Duration gap = moments.get(i).minus(moments.get(i - 1));
            assertThat(gap).as("before attempt %d", i).isEqualTo(slowed ? INTERVAL.multipliedBy(2) : INTERVAL);
        }
    }

    /**
     * Two windows of the limiter lie between the second call and the third, but only one interval: without the half rate in Spacing.take the third
     * would go 1.05 intervals after the second.
     */
    @Test
    void theHalfRateCountsFromTheCallBeforeAndNotFromAWindow() throws Exception {
        Queue queue = new Queue(Queue.every(INTERVAL));
        queue.time.advance(Duration.ofMillis(190));
        queue.enter(LONG);
        queue.time.advance(Duration.ofMillis(10));
        queue.enter(LONG);
        queue.time.advance(Duration.ofMillis(100));
        queue.limiter.throttled();
        queue.enter(LONG);
        queue.time.advance(LONG);
        assertThat(queue.moments())
                .containsExactly(Duration.ofMillis(190), Duration.ofMillis(390), Duration.ofMillis(790));
    }

    @ParameterizedTest
    @EnumSource
    void callsTakeOneIntervalLessThanTheyAre(Way way) throws Exception {
        bench.service.always(FakeAnswer.ok());
        Holdfast holdfast = limited().build();
        for (int i = 0; i < 11; i++) {
            FakeCall call = bench.call(holdfast).start(way);
            assertThat(call.close()).isEqualTo(200);
            assertThat(bench.time.elapsed()).isEqualTo(INTERVAL.multipliedBy(i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerOf429HalvesTheRate(Way way) throws Exception {
        bench.service.answers(FakeAnswer.status(429));
        bench.service.always(FakeAnswer.ok());
        Holdfast holdfast = limited().maxAttempts(1).build();
        List<Duration> moments = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            bench.call(holdfast).start(way).close();
            moments.add(bench.time.elapsed());
        }
        for (int i = 2; i < 6; i++) {
            assertThat(moments.get(i).minus(moments.get(i - 1))).isEqualTo(INTERVAL.multipliedBy(2));
        }
    }

    private Holdfast.Builder limited() {
        return bench.holdfast().limits("default", Queue.every(INTERVAL));
    }
}
