package dev.holdfast.core.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/**
 * Tells the time twice: by the wall, which may jump, and monotonically, which may stand still while a VM is suspended.
 * Implementations are safe for use by several threads.
 */
public interface TimeSource {

    /**
     * The wall clock's time.
     *
     * @return now, as the machine's owner has set it
     */
    Instant now();

    /**
     * The monotonic clock.
     *
     * @return nanoseconds since an arbitrary origin; only differences mean anything
     */
    long nanoTime();

    /**
     * Waits on the calling thread until the time is over or somebody counts the latch down.
     *
     * @param woken the latch that ends the wait early
     * @param atMost how long to wait; zero or less returns at once
     * @return true if the latch ended the wait, false if the time was over
     * @throws InterruptedException if the thread is interrupted before or during the wait
     */
    boolean await(CountDownLatch woken, Duration atMost) throws InterruptedException;

    /**
     * The machine's own clocks.
     *
     * @return the one shared instance
     */
    static TimeSource system() {
        return SystemTimeSource.INSTANCE;
    }
}
