package dev.holdfast.core.credential;

import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * A point in time by both clocks. What has passed since is judged by the one that has moved more: a VM that was suspended has a monotonic
 * clock that stood still, one whose wall clock was set back has that one wrong. Immutable.
 *
 * @param wall by the wall clock
 * @param nanos by the monotonic clock
 */
record Timestamp(Instant wall, long nanos) {

    /**
     * Now.
     *
     * @param clock the clock
     * @return the moment
     */
    static Timestamp now(TimeSource clock) {
        return new Timestamp(clock.now(), clock.nanoTime());
    }

    /**
     * How long ago it was.
     *
     * @param clock the same clock
     * @return zero or more; where the wall clock was set forward by hand, too much
     */
    Duration age(TimeSource clock) {
        Duration steady = Duration.ofNanos(Math.max(0, clock.nanoTime() - nanos));
        return Durations.max(Duration.between(wall, clock.now()), steady);
    }
}
