package dev.holdfast.core.internal.time;

import java.time.Duration;

/** Arithmetic on durations that saturates instead of overflowing: a server may ask for a wait of thousands of years. */
public final class Durations {
    /** Longer than any wait this library could mean; what a larger number is cut to. */
    public static final Duration FOREVER = Duration.ofDays(36_500);

    /** Kept, because {@link Duration#negated} works with a BigDecimal. */
    private static final Duration FOREVER_AGO = FOREVER.negated();

    private Durations() {}

    /**
     * A duration in nanoseconds.
     *
     * @param duration any duration
     * @return its nanoseconds, or those of {@link #FOREVER} where it is longer, in either direction
     */
    public static long saturatedNanos(Duration duration) {
        return max(min(duration, FOREVER), FOREVER_AGO).toNanos();
    }

    /**
     * The shorter of two.
     *
     * @param one a duration
     * @param other another
     * @return the shorter
     */
    public static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /**
     * The longer of two.
     *
     * @param one a duration
     * @param other another
     * @return the longer
     */
    public static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
