package dev.holdfast.core.internal.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers whether an endpoint is in trouble, so that the log says so once when it begins and once when it ends. Safe for several threads. */
public final class Outage {
    private static final long HEALTHY = Long.MIN_VALUE;

    /** An endpoint that failed and was not asked again for so long may be said to be in trouble once more. */
    private static final long WORTH_REMEMBERING = TimeUnit.HOURS.toNanos(1);

    /** When the outage began. Of calls that open or close it at the same time, compare-and-set lets one tell. */
    private final AtomicLong since = new AtomicLong(HEALTHY);

    private final Runnable keep;

    /**
     * Creates a closed outage.
     *
     * @param keep run after the outage was opened: there is something to remember
     */
    Outage(Runnable keep) {
        this.keep = keep;
    }

    /**
     * Opens the outage, because a call met a fault.
     *
     * @param nowNanos the monotonic time
     * @return true for the first fault since the endpoint was healthy
     */
    public boolean open(long nowNanos) {
        boolean first =
                since.get() == HEALTHY && since.compareAndSet(HEALTHY, nowNanos == HEALTHY ? nowNanos + 1 : nowNanos);
        if (first) {
            keep.run();
        }
        return first;
    }

    /**
     * Tells whether the endpoint is in trouble.
     *
     * @return true between a fault and the next success
     */
    public boolean isOpen() {
        return since.get() != HEALTHY;
    }

    /** Tells whether there is trouble that began within the last hour. */
    boolean isRecent(long nowNanos) {
        long began = since.get();
        return began != HEALTHY && nowNanos - began < WORTH_REMEMBERING;
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
