package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.policy.Limits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a limiter foretells a newcomer, to the nanosecond: a place that comes in time is waited for, one that comes too late is refused at once. */
class EndpointLimiterForecastTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofNanos(1);

    private final Queue queue = new Queue(Queue.every(INTERVAL));

    private Queue.Place refused(Duration left) {
        int before = queue.notPermitted.size();
        Queue.Place place = queue.enter(left);
        assertThat(queue.notPermitted).as("turned away with %s left", left).hasSize(before + 1);
        return place;
    }

    private Queue.Place waits(Duration left) {
        int pending = queue.time.pending();
        Queue.Place place = queue.enter(left);
        assertThat(queue.time.pending()).as("waiting with %s left", left).isGreaterThan(pending);
        return place;
    }

    @Test
    void theFirstOfTheQueueNeedsOneInterval() throws Exception {
        queue.enter(LONG);
        refused(INTERVAL);
        Queue.Place next = waits(INTERVAL.plus(MOMENT));
        queue.time.advance(INTERVAL);
        assertThat(next.at).isEqualTo(INTERVAL);
    }

    @Test
    void eachThatWaitsAlreadyCostsOneIntervalMore() throws Exception {
        queue.enter(LONG);
        queue.enter(LONG);
        queue.enter(LONG);
        refused(INTERVAL.multipliedBy(3));
        Queue.Place next = waits(INTERVAL.multipliedBy(3).plus(MOMENT));
        queue.time.advance(INTERVAL.multipliedBy(3));
        assertThat(next.at).isEqualTo(INTERVAL.multipliedBy(3));
    }

    @Test
    void whatHasPassedOfTheIntervalNeedNotBeWaitedForAgain() throws Exception {
        queue.enter(LONG);
        queue.enter(LONG);
        queue.time.advance(Duration.ofSeconds(4));
        refused(Duration.ofSeconds(16));
        Queue.Place next = waits(Duration.ofSeconds(16).plus(MOMENT));
        queue.time.advance(Duration.ofSeconds(16));
        assertThat(next.at).isEqualTo(Duration.ofSeconds(20));
    }

    /** Without the factor of two in Spacing.intervalAt, used by expectedWait, the last would be let wait and be turned away after 35 s. */
    @Test
    void afterAThrottleEachCostsTwoIntervals() throws Exception {
        queue.enter(LONG);
        queue.limiter.throttled();
        Queue.Place second = queue.enter(LONG);
        refused(Duration.ofSeconds(35));
        refused(Duration.ofSeconds(40));
        Queue.Place third = waits(Duration.ofSeconds(40).plus(MOMENT));
        queue.time.advance(Duration.ofSeconds(40));
        assertThat(second.at).isEqualTo(Duration.ofSeconds(20));
        assertThat(third.at).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void thirtySecondsAfterTheThrottleEachCostsOneAgain() throws Exception {
        queue.limiter.throttled();
        queue.time.advance(Duration.ofSeconds(30));
        queue.enter(LONG);
        queue.enter(LONG);
        refused(INTERVAL.multipliedBy(2));
        waits(INTERVAL.multipliedBy(2).plus(MOMENT));
    }

    /** Without the limiter's part there is nothing to foretell: a place may come back at any time. */
    @Test
    void aPlaceAmongTheConcurrentOnesIsAlwaysWorthWaitingFor() throws Exception {
        Queue places = new Queue(Limits.NONE.concurrency(1));
        Queue.Place first = places.enter(LONG);
        Queue.Place second = places.enter(MOMENT);
        assertThat(places.notPermitted).isEmpty();
        places.limiter.release();
        assertThat(places.admitted).containsExactly(first, second);
    }

    /** A booking that outlived its place is used by the next one and costs it nothing. */
    @Test
    void theBookingOfAPlaceThatWasLeftServesTheNextOne() throws Exception {
        queue.enter(LONG);
        Queue.Place left = queue.enter(LONG);
        assertThat(left.leave()).isTrue();
        assertThat(left.leave()).as("a second time").isFalse();
        queue.time.advance(INTERVAL);
        Queue.Place next = queue.enter(MOMENT);
        assertThat(next.at).isEqualTo(INTERVAL);
        assertThat(queue.moments()).isEqualTo(List.of(Duration.ZERO, INTERVAL));
    }
}
