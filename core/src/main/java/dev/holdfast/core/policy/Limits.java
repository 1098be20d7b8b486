package dev.holdfast.core.policy;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How many attempts may begin in a time, and how many may be under way at once. Starts with {@link #NONE}. Immutable. */
public final class Limits {
    /** No rate limit and no concurrency limit. */
    public static final Limits NONE = new Limits(null, 0);

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final @Nullable Duration interval;
    private final int concurrency;

    private Limits(@Nullable Duration interval, int concurrency) {
        this.interval = interval;
        this.concurrency = concurrency;
    }

    /**
     * Returns the rate limit.
     *
     * @return the least time between two attempts, evenly spread; null for no rate limit
     */
    public @Nullable Duration interval() {
        return interval;
    }

    /**
     * Returns the concurrency limit.
     *
     * @return how many attempts may be under way at once; 0 for no limit
     */
    public int concurrency() {
        return concurrency;
    }

    /**
     * Returns the same limits with a rate limit.
     *
     * @param calls how many calls, above zero
     * @param period in which time, above zero
     * @return a copy whose attempts are spread evenly: one every {@code period / calls}, which must be 1 ms to 1 h
     * @throws IllegalArgumentException if out of range
     */
    public Limits rate(int calls, Duration period) {
        Objects.requireNonNull(period, "period must not be null");
        if (calls < 1 || period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException(
                    "rate must be at least 1 call in a period above zero, but is " + calls + " in " + period);
        }
        Duration share = period.dividedBy(calls);
        if (share.compareTo(SHORTEST) < 0 || share.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "rate must be one call in 1 ms to 1 h, but is " + calls + " in " + period + ", one in " + share);
        }
        return new Limits(share, concurrency);
    }

    /**
     * Returns the same limits with a concurrency limit.
     *
     * @param atOnce how many attempts may be under way at once, 1 to 10000
     * @return a copy
     * @throws IllegalArgumentException if out of range
     */
    public Limits concurrency(int atOnce) {
        if (atOnce < 1 || atOnce > MOST) {
            throw new IllegalArgumentException("concurrency must be 1 to 10000, but is " + atOnce);
        }
        return new Limits(interval, atOnce);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Limits limits
                && Objects.equals(interval, limits.interval)
                && concurrency == limits.concurrency;
    }

    @Override
    public int hashCode() {
        return Objects.hash(interval, concurrency);
    }

    @Override
    public String toString() {
        String rate = interval == null ? "no rate limit" : "one attempt every " + interval;
        return rate + ", " + (concurrency == 0 ? "no concurrency limit" : concurrency + " at once");
    }
}
