package dev.holdfast.emulators.azure;

import dev.holdfast.core.time.TimeSource;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * 5 requests per second in general; for identity 20 per second, and 5 at once (instance-metadata-service, 2025). Only answers count that
 * are of use: the real service is lenient with refused requests (MSAL .NET PR 5581).
 */
final class ImdsLimits {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int GENERAL = 5;
    private static final int IDENTITY = 20;
    private static final int IDENTITY_AT_ONCE = 5;

    private final TimeSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Long> general = new ArrayDeque<>();
    private final ArrayDeque<Long> identity = new ArrayDeque<>();
    private int atOnce;
    private boolean off;

    ImdsLimits(TimeSource clock) {
        this.clock = clock;
    }

    void switchOff() {
        lock.lock();
        try {
            off = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether one more may be worked on; if so, {@link #leave} must follow. */
    boolean enter(boolean identityRequest) {
        lock.lock();
        try {
            if (identityRequest && atOnce >= IDENTITY_AT_ONCE && !off) {
                return false;
            }
            atOnce += identityRequest ? 1 : 0;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave(boolean identityRequest) {
        lock.lock();
        try {
            atOnce -= identityRequest ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether one more may be answered within this second. */
    boolean admit(boolean identityRequest) {
        lock.lock();
        try {
            ArrayDeque<Long> window = identityRequest ? identity : general;
            long now = clock.nanoTime();
            while (!window.isEmpty() && now - window.getFirst() >= WINDOW_NANOS) {
                window.removeFirst();
            }
            if (window.size() >= (identityRequest ? IDENTITY : GENERAL) && !off) {
                return false;
            }
            window.addLast(now);
            return true;
        } finally {
            lock.unlock();
        }
    }
}
