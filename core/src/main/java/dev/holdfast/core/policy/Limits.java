package dev.holdfast.core.policy;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many attempts may begin in a time, how many may be under way at once, and how many retries may be added to the load of an endpoint in
 * trouble. They hold for all calls of one service, authority and category together. Starts with {@link #NONE}. Immutable.
 *
 * <p>The retry budget is 10 tokens by default; a retry costs one, after a throttle half a one; a success gives 0.1 and a minute gives 1. Ten are
 * enough for two calls that go through all their attempts; one success in eleven keeps the budget up, as in gRPC. The usual bucket of 500 tokens
 * (AWS SDK) bounds nothing for an agent that calls once a minute. What it lets through, measured with 600 agents that call once a minute and an
 * outage of ten minutes with 503: 2.9 times the normal load, without a budget 4 to 4.9 times. One token in five minutes lets less through.
 */
public final class Limits {
    /** No rate limit and no concurrency limit; the default retry budget. */
    public static final Limits NONE = new Limits(null, 0, 10, 0.1, 1);

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST = 10_000;
    private static final int MOST_PER_MINUTE = 600;

    private final @Nullable Duration interval;
    private final int concurrency;
    private final int budgetCapacity;
    private final double budgetPerSuccess;
    private final double budgetPerMinute;

    private Limits(
            @Nullable Duration interval,
            int concurrency,
            int budgetCapacity,
            double budgetPerSuccess,
            double budgetPerMinute) {
        this.interval = interval;
        this.concurrency = concurrency;
        this.budgetCapacity = budgetCapacity;
        this.budgetPerSuccess = budgetPerSuccess;
        this.budgetPerMinute = budgetPerMinute;
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
     * Returns the capacity of the retry budget.
     *
     * @return tokens, 1 to 10000; a budget begins full
     */
    public int budgetCapacity() {
        return budgetCapacity;
    }

    /**
     * Returns what a success adds to the retry budget.
     *
     * @return tokens, 0 to 1
     */
    public double budgetPerSuccess() {
        return budgetPerSuccess;
    }

    /**
     * Returns what a minute adds to the retry budget.
     *
     * @return tokens, 0 to 600
     */
    public double budgetPerMinute() {
        return budgetPerMinute;
    }

    /**
     * Returns the same limits with another retry budget. A retry costs one token, after a throttle half a one, under STARTUP and MAINTENANCE none.
     *
     * @param capacity how many tokens there are at most and at the beginning, 1 to 10000
     * @param perSuccess what a success gives, 0 to 1; counted in thousandths
     * @param perMinute what a minute gives, 0 to 600; counted in thousandths
     * @return a copy
     * @throws IllegalArgumentException if out of range
     */
    public Limits retryBudget(int capacity, double perSuccess, double perMinute) {
        if (capacity < 1 || capacity > MOST) {
            throw new IllegalArgumentException("capacity must be 1 to 10000 tokens, but is " + capacity);
        }
        if (!(perSuccess >= 0 && perSuccess <= 1)) {
            throw new IllegalArgumentException("perSuccess must be 0 to 1 token, but is " + perSuccess);
        }
        if (!(perMinute >= 0 && perMinute <= MOST_PER_MINUTE)) {
            throw new IllegalArgumentException("perMinute must be 0 to 600 tokens, but is " + perMinute);
        }
        return new Limits(interval, concurrency, capacity, perSuccess, perMinute);
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
        return new Limits(share, concurrency, budgetCapacity, budgetPerSuccess, budgetPerMinute);
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
        return new Limits(interval, atOnce, budgetCapacity, budgetPerSuccess, budgetPerMinute);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Limits limits
                && Objects.equals(interval, limits.interval)
                && concurrency == limits.concurrency
                && budgetCapacity == limits.budgetCapacity
                && Double.compare(budgetPerSuccess, limits.budgetPerSuccess) == 0
                && Double.compare(budgetPerMinute, limits.budgetPerMinute) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(interval, concurrency, budgetCapacity, budgetPerSuccess, budgetPerMinute);
    }

    @Override
    public String toString() {
        String rate = interval == null ? "no rate limit" : "one attempt every " + interval;
        return rate + ", " + (concurrency == 0 ? "no concurrency limit" : concurrency + " at once") + ", retry budget "
                + budgetCapacity + " (" + budgetPerSuccess + " per success, " + budgetPerMinute + " per minute)";
    }
}
