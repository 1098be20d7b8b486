package dev.holdfast.testkit.emulator;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The requests that were received; bounded, because an emulator may run for days. */
final class RequestLog {
    static final int KEPT = 10_000;
    private static final long SOON_NANOS = TimeUnit.MINUTES.toNanos(4);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final ArrayDeque<ReceivedRequest> requests = new ArrayDeque<>();
    private int count;
    private int tokenCount;

    void add(ReceivedRequest request, boolean forToken) {
        lock.lock();
        try {
            count++;
            tokenCount += forToken ? 1 : 0;
            requests.addLast(request);
            if (requests.size() > KEPT) {
                requests.removeFirst();
            }
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    int tokenCount() {
        lock.lock();
        try {
            return tokenCount;
        } finally {
            lock.unlock();
        }
    }

    List<ReceivedRequest> all() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    void awaitCount(int wanted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = SOON_NANOS;
            while (count < wanted) {
                if (left <= 0) {
                    throw new AssertionError(
                            "expected " + wanted + " requests within 4 minutes, but received " + count);
                }
                left = grown.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
