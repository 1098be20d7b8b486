package dev.holdfast.core.time;

import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is due when, and the one thread that moves time from one due moment to the next as far as the horizon allows. */
final class Timeline {
    /**
     * Real time: for what would otherwise block a test for ever. It says more than a test's own limit would, and comes before most of
     * them; it is long because a slow machine must fail no test.
     */
    private static final long SOON_NANOS = TimeUnit.MINUTES.toNanos(4);
    /** Real time: the thread ends when there was nothing to do for so long, so that a forgotten clock holds no thread. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long NEVER = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private long sequence;
    private long elapsed;
    private long horizon;
    private @Nullable Thread worker;
    private boolean working;
    private boolean shutDown;

    Timeline(boolean endless) {
        horizon = endless ? NEVER - 1 : 0;
    }

    record Entry(long due, long sequence, Runnable task, Consumer<RejectedExecutionException> lost)
            implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(sequence, other.sequence);
        }
    }

    /** A thread's own wait. Null after the shutdown. */
    @Nullable
    Entry addWait(CountDownLatch over, long nanos) {
        lock.lock();
        try {
            if (Thread.currentThread() == worker) {
                throw new IllegalStateException("a scheduled task must never block, but asks the clock to wait");
            }
            return add(over::countDown, lost -> over.countDown(), nanos);
        } finally {
            lock.unlock();
        }
    }

    /** Null after the shutdown. */
    @Nullable
    Entry add(Runnable task, Consumer<RejectedExecutionException> lost, long nanos) {
        lock.lock();
        try {
            if (shutDown) {
                return null;
            }
            Entry entry = new Entry(plus(elapsed, nanos), sequence++, task, lost);
            queue.add(entry);
            wake();
            return entry;
        } finally {
            lock.unlock();
        }
    }

    void remove(Entry entry) {
        lock.lock();
        try {
            queue.remove(entry);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void advance(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (Thread.currentThread() == worker) {
                throw new IllegalStateException("a scheduled task must not move the time that it runs in");
            }
            long target = plus(horizon, nanos);
            horizon = target;
            wake();
            long left = SOON_NANOS;
            while (working || nextDue() <= target) {
                if (left <= 0) {
                    throw new IllegalStateException("a scheduled task has blocked the clock for 4 minutes");
                }
                left = changed.awaitNanos(left);
            }
            elapsed = Math.max(elapsed, target);
        } finally {
            lock.unlock();
        }
    }

    void awaitSize(int count) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = SOON_NANOS;
            while (queue.size() < count) {
                if (left <= 0) {
                    throw new AssertionError(
                            "expected " + count + " waits within 4 minutes, but there are " + queue.size());
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    void shutDown() {
        lock.lock();
        try {
            shutDown = true;
            wake();
        } finally {
            lock.unlock();
        }
    }

    boolean isShutDown() {
        lock.lock();
        try {
            return shutDown;
        } finally {
            lock.unlock();
        }
    }

    long elapsed() {
        lock.lock();
        try {
            return elapsed;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        changed.signalAll();
        if (worker == null && !queue.isEmpty()) {
            worker = daemon("holdfast-virtual-time", this::run);
            worker.start();
        }
    }

    private void run() {
        lock.lock();
        try {
            long idle = IDLE_NANOS;
            while (!queue.isEmpty() || (idle > 0 && !shutDown)) {
                if (shutDown || nextDue() <= horizon) {
                    perform(queue.remove());
                    idle = IDLE_NANOS;
                    continue;
                }
                try {
                    idle = changed.awaitNanos(IDLE_NANOS);
                } catch (InterruptedException e) {
                    // Only a task could have done that, to itself; it must not end the time of the others.
                    idle = IDLE_NANOS;
                }
            }
        } finally {
            worker = null;
            lock.unlock();
        }
    }

    private void perform(Entry entry) {
        boolean lost = shutDown;
        elapsed = lost ? elapsed : Math.max(elapsed, entry.due());
        working = true;
        lock.unlock();
        try {
            if (lost) {
                entry.lost().accept(new RejectedExecutionException("the virtual time was shut down during the wait"));
            } else {
                entry.task().run();
            }
        } catch (RuntimeException | Error e) {
            // One task's fault is not the next one's, and must not go unseen.
            Thread self = Thread.currentThread();
            self.getUncaughtExceptionHandler().uncaughtException(self, e);
        } finally {
            lock.lock();
            working = false;
            changed.signalAll();
        }
    }

    private long nextDue() {
        Entry next = queue.peek();
        return next == null ? NEVER : next.due();
    }

    private static long plus(long time, long nanos) {
        return nanos >= NEVER - time ? NEVER - 1 : time + nanos;
    }

    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
