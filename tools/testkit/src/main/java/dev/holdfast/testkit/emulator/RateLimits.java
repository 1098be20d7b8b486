package dev.holdfast.testkit.emulator;

import dev.holdfast.core.time.TimeSource;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Admits so many requests within any second, by the emulator's clock. Safe for several threads. */
public final class RateLimits {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TimeSource clock;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Long> window = new ArrayDeque<>();
    private boolean off;

    /**
     * Creates a limit.
     *
     * @param clock the emulator's clock
     * @param most how many requests within any second; 1 or more
     * @throws IllegalArgumentException if below 1
     */
    public RateLimits(TimeSource clock, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be 1 or more, but is " + most);
        }
        this.clock = clock;
        this.most = most;
    }

    /** Admits every request from now on. */
    public void switchOff() {
        lock.lock();
        try {
            off = true;
            window.clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns whether one more request is within the limit, and counts the request if so.
     *
     * @return false if the request is to be refused
     */
    public boolean admit() {
        lock.lock();
        try {
            long now = clock.nanoTime();
            while (!window.isEmpty() && now - window.getFirst() >= WINDOW_NANOS) {
                window.removeFirst();
            }
            if (off) {
                return true;
            }
            if (window.size() >= most) {
                return false;
            }
            window.addLast(now);
            return true;
        } finally {
            lock.unlock();
        }
    }
}
