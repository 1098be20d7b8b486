package dev.holdfast.core.internal.limit;

import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.TimeSource;

/**
 * Bounds what retries add to the load of an endpoint in trouble. A retry costs one token, after a throttle half a one; successes and minutes give
 * tokens, as {@link Limits} says; never below zero. Safe for several threads.
 */
public final class RetryBudget {
    /** Tokens are counted in thousandths. */
    private static final int TOKEN = 1_000;

    private static final long RETRY = TOKEN;
    private static final long THROTTLED_RETRY = TOKEN / 2;
    private static final double NANOS_PER_MINUTE = 60e9;

    private final TimeSource timeSource;
    private final Runnable keep;

    /** Written under the lock, which is the monitor of this object, as are the next five. */
    private volatile long tokens;

    private volatile long most;
    private long success;
    private long nanosPerThousandth;

    /** The time up to which the minutes are paid out, so that no minute is paid twice. */
    private long paid;

    /**
     * Creates a full budget.
     *
     * @param limits its size
     * @param timeSource pays the minutes
     * @param keep run after something was taken: there is something to remember
     */
    RetryBudget(Limits limits, TimeSource timeSource, Runnable keep) {
        this.timeSource = timeSource;
        this.keep = keep;
        this.paid = timeSource.nanoTime();
        size(limits);
        this.tokens = most;
    }

    /** Changes the size. What there is stays, as far as it has room. */
    synchronized void resize(Limits limits) {
        tokens = earned();
        size(limits);
        tokens = Math.min(most, tokens);
    }

    private void size(Limits limits) {
        most = (long) limits.budgetCapacity() * TOKEN;
        success = Math.round(limits.budgetPerSuccess() * TOKEN);
        long perMinute = Math.round(limits.budgetPerMinute() * TOKEN);
        nanosPerThousandth = perMinute == 0 ? Long.MAX_VALUE : (long) (NANOS_PER_MINUTE / perMinute);
    }

    /**
     * Takes what a retry costs.
     *
     * @param afterThrottle whether the last answer was a throttle
     * @return false if there is too little, in which case nothing is taken
     */
    public boolean trySpend(boolean afterThrottle) {
        long cost = afterThrottle ? THROTTLED_RETRY : RETRY;
        boolean enough;
        synchronized (this) {
            long earned = earned();
            enough = earned >= cost;
            tokens = enough ? earned - cost : earned;
        }
        keep.run();
        return enough;
    }

    /** Gives what a success earns. A full budget is only read, so the usual call takes no lock that threads share. */
    public void succeeded() {
        if (tokens < most) {
            refill();
        }
    }

    private synchronized void refill() {
        tokens = Math.min(most, tokens + success);
    }

    /** Tells whether nothing is missing, what the time has earned included. */
    synchronized boolean isFull() {
        tokens = earned();
        return tokens == most;
    }

    /** Pays the time out that has passed. The lock is held. */
    private long earned() {
        long thousandths = Math.max(0, (timeSource.nanoTime() - paid) / nanosPerThousandth);
        paid += thousandths * nanosPerThousandth;
        return Math.min(most, tokens + thousandths);
    }

    /**
     * Tells what is left.
     *
     * @return tokens, zero or more, without what the time since the last retry has earned
     */
    public double tokens() {
        return (double) tokens / TOKEN;
    }
}
