package dev.holdfast.core.internal.limit;

import java.util.concurrent.atomic.AtomicLong;

/** Remembers whether an endpoint is in trouble, so that the log says so once when it begins and once when it ends. Safe for several threads. */
public final class Outage {
    private static final long HEALTHY = Long.MIN_VALUE;

    /** When the outage began. Of calls that open or close it at the same time, compare-and-set lets one tell. */
    private final AtomicLong since = new AtomicLong(HEALTHY);

    Outage() {}

    /**
     * Opens the outage, because a call met a fault.
     *
     * @param nowNanos the monotonic time
     * @return true for the first fault since the endpoint was healthy
     */
    public boolean open(long nowNanos) {
        return since.get() == HEALTHY && since.compareAndSet(HEALTHY, nowNanos == HEALTHY ? nowNanos + 1 : nowNanos);
    }

    /**
     * Tells whether the endpoint is in trouble.
     *
     * @return true between a fault and the next success
     */
    public boolean isOpen() {
        return since.get() != HEALTHY;
    }

    /**
     * Closes the outage, because a call succeeded.
     *
     * @param nowNanos the monotonic time
     * @return how many nanoseconds the trouble lasted, for the first success since it began; -1 otherwise
     */
    public long close(long nowNanos) {
        long began = since.get();
        return began != HEALTHY && since.compareAndSet(began, HEALTHY) ? Math.max(0, nowNanos - began) : -1;
    }
}
