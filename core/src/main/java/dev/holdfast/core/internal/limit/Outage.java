package dev.holdfast.core.internal.limit;

import java.util.concurrent.atomic.AtomicLong;

/** Remembers whether an endpoint is in trouble, so that this is said once when it begins and once when it ends. Safe for several threads. */
public final class Outage {
    private static final long HEALTHY = Long.MIN_VALUE;

    private final AtomicLong since = new AtomicLong(HEALTHY);

    Outage() {}

    /**
     * A call met a fault.
     *
     * @param nowNanos the monotonic time
     * @return true for the first since the endpoint was healthy
     */
    public boolean begins(long nowNanos) {
        return since.get() == HEALTHY && since.compareAndSet(HEALTHY, nowNanos == HEALTHY ? nowNanos + 1 : nowNanos);
    }

    /**
     * Whether the endpoint is in trouble.
     *
     * @return true between a fault and the next success
     */
    public boolean lasts() {
        return since.get() != HEALTHY;
    }

    /**
     * A call succeeded.
     *
     * @param nowNanos the monotonic time
     * @return how many nanoseconds the trouble lasted, for the first success since it began; -1 otherwise
     */
    public long ends(long nowNanos) {
        long began = since.get();
        return began != HEALTHY && since.compareAndSet(began, HEALTHY) ? Math.max(0, nowNanos - began) : -1;
    }
}
