package dev.holdfast.testkit.emulator;

import dev.holdfast.core.time.TimeSource;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** So many requests within any second. */
final class PerSecond {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TimeSource clock;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Long> window = new ArrayDeque<>();
    private boolean off;

    PerSecond(TimeSource clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    void switchOff() {
        lock.lock();
        try {
            off = true;
            window.clear();
        } finally {
            lock.unlock();
        }
    }

    boolean admit() {
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
