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
     * Writes a duration for a person: {@code 250 ms}, {@code 2.2 s}, {@code 90 s}, {@code 3 min}, {@code 1 h 5 min}.
     *
     * @param duration any duration
     * @return the text; below a second in milliseconds, below two minutes in seconds, below two hours in minutes and seconds, else in hours and minutes
     */
    public static String text(Duration duration) {
        if (duration.isNegative()) {
            return "-" + text(max(duration, FOREVER_AGO).negated());
        }
        long millis = saturatedNanos(duration) / 1_000_000;
        if (millis < 1_000) {
            return millis + " ms";
        }
        long tenths = (millis + 50) / 100;
        if (tenths < 1_200) {
            return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10 + "." + tenths % 10 + " s";
        }
        long seconds = (millis + 500) / 1_000;
        if (seconds < 3_600) {
            return parts(seconds / 60, " min", seconds % 60, " s");
        }
        long minutes = (millis + 30_000) / 60_000;
        return parts(minutes / 60, " h", minutes % 60, " min");
    }

    private static String parts(long larger, String unit, long smaller, String smallerUnit) {
        return larger + unit + (smaller == 0 ? "" : " " + smaller + smallerUnit);
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
