package dev.holdfast.core.credential;

import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Fetches that failed in a row, and how long nobody tries again: equal jitter from 1 s, doubling to 30 s. The fetch has had its own
 * attempts by then. Used under the source's lock.
 */
final class FetchBackoff {
    private static final int DOUBLINGS = 5;

    private final TimeSource clock;
    private final RandomGenerator random;
    private int inRow;
    private @Nullable Throwable last;
    private @Nullable Timestamp when;
    private Duration pause = Duration.ZERO;

    FetchBackoff(TimeSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** True if it is the first in a row. */
    boolean add(Throwable failure) {
        Duration most = CachePolicy.FIRST_FETCH_PAUSE.multipliedBy(1L << Math.min(inRow, DOUBLINGS));
        long nanos = Math.min(most.toNanos(), CachePolicy.LONGEST_FETCH_PAUSE.toNanos());
        pause = Duration.ofNanos(Randomness.uniform(random, nanos / 2, nanos));
        inRow++;
        last = failure;
        when = Timestamp.now(clock);
        return inRow == 1;
    }

    /** True if there was one. */
    boolean clear() {
        boolean any = inRow > 0;
        inRow = 0;
        last = null;
        when = null;
        return any;
    }

    /** What the last one ended with as long as nobody may try again, else null. */
    @Nullable
    Throwable standing() {
        return when != null && when.age(clock).compareTo(pause) < 0 ? last : null;
    }
}
