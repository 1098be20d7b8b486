package dev.holdfast.core.internal.limit;

import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Holds calls back until the server's retry-after is over. One call got the retry-after; every call of the limiter heeds it. */
final class RetryAfterPause {
    /** Bounds the time after a pause over which the held calls are spread: together they would be the next overload. */
    private static final Duration LONGEST_SPREAD = Duration.ofSeconds(5);

    /** One pause. Its two numbers change together, so a reader without the lock never mixes two pauses. */
    private record Pause(long end, long spread) {}

    private final TimeSource timeSource;

    /** Written under the limiter's lock. Read without: every attempt reads this, and almost none finds a pause. */
    private volatile @Nullable Pause pause;

    RetryAfterPause(TimeSource timeSource) {
        this.timeSource = timeSource;
    }

    /** Begins a pause, or lengthens the one that lasts. The limiter's lock is held: two pauses compare, then write. */
    void begin(Duration retryAfter) {
        long end = timeSource.nanoTime() + Durations.saturatedNanos(retryAfter);
        long spread = Durations.min(retryAfter, LONGEST_SPREAD).toNanos();
        Pause lasting = pause;
        // A shorter retry-after that comes later does not shorten the pause: the longer one was the server's word too.
        if (lasting == null || lasting.spread == 0 || end - lasting.end > 0) {
            pause = new Pause(end, spread);
        }
    }

    /** Tells whether a caller of this moment finds no pause. */
    boolean isOver(long now) {
        Pause lasting = pause;
        return lasting == null || lasting.end - now <= 0;
    }

    /** Tells how long a call stays away, with its own draw from the spread; zero where there is no pause. */
    Duration left(RandomGenerator random) {
        Pause lasting = pause;
        if (lasting == null || lasting.spread == 0) {
            return Duration.ZERO;
        }
        long left = lasting.end - timeSource.nanoTime();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left + Randomness.uniform(random, 0, lasting.spread));
    }
}
