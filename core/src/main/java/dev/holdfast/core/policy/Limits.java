package dev.holdfast.core.policy;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How narrow a limiter is. Immutable.
 *
 * @param interval the least time between two attempts, evenly spread; null for no rate limit
 * @param concurrency how many attempts may be under way at once; 0 for no limit
 */
public record Limits(@Nullable Duration interval, int concurrency) {
    /** No rate limit and no concurrency limit. */
    public static final Limits NONE = new Limits(null, 0);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /**
     * Checks the ranges.
     *
     * @param interval the least time between two attempts, evenly spread; null for no rate limit
     * @param concurrency how many attempts may be under way at once; 0 for no limit
     */
    public Limits {
        if (interval != null && (interval.compareTo(SHORTEST) < 0 || interval.compareTo(Duration.ofHours(1)) > 0)) {
            throw new IllegalArgumentException("interval must be 1 ms to 1 h, but is " + interval);
        }
        if (concurrency < 0 || concurrency > 10_000) {
            throw new IllegalArgumentException("concurrency must be 0 (no limit) to 10000, but is " + concurrency);
        }
    }

    /**
     * The same with a rate limit.
     *
     * @param calls how many calls, above zero
     * @param period in which time, above zero
     * @return a copy whose attempts are spread evenly: one every {@code period / calls}
     * @throws IllegalArgumentException if out of range
     */
    public Limits rate(int calls, Duration period) {
        Objects.requireNonNull(period, "period must not be null");
        if (calls < 1 || period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException(
                    "rate must be at least 1 call in a period above zero, but is " + calls + " in " + period);
        }
        return new Limits(period.dividedBy(calls), concurrency);
    }

    /**
     * The same with a concurrency limit.
     *
     * @param atOnce 1 or more
     * @return a copy
     * @throws IllegalArgumentException if out of range
     */
    public Limits concurrency(int atOnce) {
        return new Limits(interval, atOnce);
    }
}
