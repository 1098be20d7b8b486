package dev.holdfast.core.internal.limit;

import dev.holdfast.core.internal.limit.Waiter.State;
import dev.holdfast.core.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the waiters of one limiter in the order of their arrival. Each has an expiry; one timer wakes the first when its attempt is due.
 *
 * <p>The lock is the limiter's, not one more: a waiter's state and the limiter's counts change together. Methods that are called with the lock
 * held say so; the others take it. A waiter is told only after the lock is released, because its callback may enter the limiter again.
 */
final class WaitQueue {
    private final ReentrantLock lock;
    private final Scheduler scheduler;
    private final Runnable wake;

    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private Scheduler.@Nullable Timer wakeTimer;

    /**
     * Creates an empty queue.
     *
     * @param lock the limiter's
     * @param scheduler ends waits
     * @param wake run without the lock when the first waiter's attempt is due; calls {@link #woken}
     */
    WaitQueue(ReentrantLock lock, Scheduler scheduler, Runnable wake) {
        this.lock = lock;
        this.scheduler = scheduler;
        this.wake = wake;
    }

    /** The lock is held. */
    boolean isEmpty() {
        return waiters.isEmpty();
    }

    /** The lock is held. */
    int size() {
        return waiters.size();
    }

    /** Adds a waiter at the end, without an expiry yet: most are admitted before they need one. The lock is held. */
    void add(Waiter waiter) {
        waiters.add(waiter);
    }

    /** Takes the first waiter out as admitted. The lock is held. */
    Waiter admitFirst() {
        Waiter first = waiters.remove();
        first.state(State.ADMITTED);
        first.cancelExpiry();
        return first;
    }

    /**
     * Bounds the wait of a waiter that was added. The lock is held, so an expiry that fires at once finds the waiter complete, and tells it.
     *
     * @return false if the scheduler takes no timer, so that the waiter is refused and not told
     */
    boolean stay(Waiter waiter, Duration left) {
        try {
            waiter.expiry(scheduler.schedule(() -> expire(waiter), lost -> expire(waiter), left));
            return true;
        } catch (RuntimeException | Error e) {
            // Nothing would end this wait.
            waiter.refuse(e);
            remove(waiter);
            return false;
        }
    }

    /**
     * Sets the timer for the first waiter, unless one is set: the first's reservation stands, so its time does not change. The lock is held.
     *
     * @param nanos how long until the first attempt is due
     * @param settled gets all waiters, refused, where the scheduler takes no timer: nothing would wake them
     */
    void wakeAt(long nanos, List<Waiter> settled) {
        if (wakeTimer != null) {
            return;
        }
        try {
            wakeTimer = scheduler.schedule(wake, this::lost, Duration.ofNanos(nanos));
        } catch (RuntimeException | Error e) {
            // Not thrown on: the caller may be another call, which gives its permit back.
            for (Waiter waiter : waiters) {
                waiter.refuse(e);
                waiter.cancelExpiry();
                settled.add(waiter);
            }
            waiters.clear();
        }
    }

    /**
     * Forgets the timer that fired. The lock is held.
     *
     * <p>A timer that was cancelled too late fires as well, and may make the queue forget its successor. Then one wake comes too often, which
     * admits no waiter before its time. No wake is ever missed.
     */
    void woken() {
        wakeTimer = null;
    }

    /**
     * Ends the wait of a waiter. Takes the lock: of an admission, an expiry and a cancel at the same time, the first decides.
     *
     * @return false if the wait had ended before, in which case nothing changes
     */
    boolean settle(Waiter waiter, State state) {
        lock.lock();
        try {
            if (waiter.state() != State.WAITING) {
                return false;
            }
            waiter.state(state);
            waiter.cancelExpiry();
            remove(waiter);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether a waiter was admitted. Takes the lock: it makes the state, written by another thread, visible here. */
    boolean admitted(Waiter waiter) {
        lock.lock();
        try {
            return waiter.state() == State.ADMITTED;
        } finally {
            lock.unlock();
        }
    }

    private void expire(Waiter waiter) {
        if (settle(waiter, State.REFUSED)) {
            waiter.settled().run();
        }
    }

    /** Takes the wake timer back with the last waiter: nothing is left to wake. The lock is held. */
    private void remove(Waiter waiter) {
        waiters.remove(waiter);
        if (waiters.isEmpty()) {
            TimerCancel.cancel(wakeTimer);
            wakeTimer = null;
        }
    }

    /** Refuses all waiters after the scheduler dropped the wake timer. */
    private void lost(RejectedExecutionException shutDown) {
        List<Waiter> waiting;
        lock.lock();
        try {
            wakeTimer = null;
            waiting = List.copyOf(waiters);
        } finally {
            lock.unlock();
        }
        // One at a time: a waiter that was admitted or left since the copy is not told here.
        waiting.forEach(this::expire);
    }
}
