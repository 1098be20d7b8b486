package dev.holdfast.core.internal.limit;

import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Holds calls back until the server's retry-after is over. One call got the retry-after; every call of its scope heeds it. */
final class RetryAfterPause {
    /** Bounds the time after a pause over which the held calls are spread: together they would be the next overload. */
    private static final Duration LONGEST_SPREAD = Duration.ofSeconds(5);

    /** What is left for an attempt before the deadline where the spread is cut to it. */
    private static final long LEAST_ATTEMPT = Duration.ofMillis(250).toNanos();

    /** One pause. Its numbers change together, so a reader without the lock never mixes two pauses. */
    private record Pause(long begin, long end, long spread) {
        boolean lasts(long now) {
            return end - now > 0;
        }
    }

    private final TimeSource timeSource;

    /** By scope. Written under the monitor of this object. Read without: every attempt reads this, and almost none finds a pause. */
    private volatile Map<String, Pause> pauses = Map.of();

    RetryAfterPause(TimeSource timeSource) {
        this.timeSource = timeSource;
    }

    /** Begins a pause, or lengthens the one that lasts. Locked, because two pauses compare, then write. */
    synchronized void begin(String scope, Duration retryAfter) {
        long now = timeSource.nanoTime();
        long end = now + Durations.saturatedNanos(retryAfter);
        Pause known = pauses.get(scope);
        Pause lasting = known != null && known.lasts(now) ? known : null;
        // A shorter retry-after that comes later does not shorten the pause: the longer one was the server's word too.
        if (retryAfter.isZero() || (lasting != null && end - lasting.end <= 0)) {
            return;
        }
        Map<String, Pause> next = new HashMap<>();
        pauses.forEach((other, pause) -> {
            if (pause.lasts(now)) {
                next.put(other, pause);
            }
        });
        long spread = Durations.min(retryAfter, LONGEST_SPREAD).toNanos();
        // A pause that is lengthened began when it began: a caller is not held back from anew.
        next.put(scope, new Pause(lasting == null ? now : lasting.begin, end, spread));
        pauses = Map.copyOf(next);
    }

    /** Tells whether there was a pause that may still last. */
    boolean isKnown() {
        return !pauses.isEmpty();
    }

    /** Tells whether a caller of this moment finds no pause. */
    boolean isOver(long now) {
        return pauses.values().stream().noneMatch(pause -> pause.lasts(now));
    }

    /**
     * Tells how long a call stays away: until the pause ends, but no longer than it would wait for a retry-after of its own, and with its own
     * draw from the spread, which is cut to the deadline.
     *
     * @param scope what the vendor throttles together
     * @param most the longest retry-after that the call waits for, counted from the beginning of the pause
     * @param left what is left of the call's deadline
     * @param random the source of jitter
     * @return zero where there is no pause for this call
     */
    Duration left(String scope, Duration most, Duration left, RandomGenerator random) {
        Pause pause = pauses.get(scope);
        if (pause == null) {
            return Duration.ZERO;
        }
        long now = timeSource.nanoTime();
        long held = Math.min(pause.end - now, Durations.saturatedNanos(most) - (now - pause.begin));
        if (held <= 0) {
            return Duration.ZERO;
        }
        long room = Math.max(0, Durations.saturatedNanos(left) - LEAST_ATTEMPT - held);
        return Duration.ofNanos(held + Math.min(room, Randomness.uniform(random, 0, pause.spread)));
    }
}
