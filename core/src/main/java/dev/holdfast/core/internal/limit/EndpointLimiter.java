package dev.holdfast.core.internal.limit;

import dev.holdfast.core.internal.limit.Waiter.State;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Admits the attempts of all calls with one key: by rate, by concurrency, in the order of arrival. Safe for several threads; blocks none.
 *
 * <p>Only the first waiter holds a reservation with the rate limiter. A waiter that gives up leaves at most that one, and the next uses it.
 */
public final class EndpointLimiter {
    private final Limits settings;
    private final @Nullable Spacing spacing;
    private final TimeSource timeSource;
    private final RetryAfterPause pause;
    private final RetryBudget budget;
    private final Outage outage = new Outage(this::keep);

    /**
     * Guards spacing, queue, the states of the waiters, the count of attempts under way and the beginning of a pause: one lock, because an
     * admission changes most of them together. No callback of a waiter runs under this lock.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private final WaitQueue queue;
    private final LimiterSlot slot = new LimiterSlot(this);
    private int underWay;

    EndpointLimiter(Limits settings, @Nullable Spacing spacing, TimeSource timeSource, Scheduler scheduler) {
        this.settings = settings;
        this.spacing = spacing;
        this.timeSource = timeSource;
        this.pause = new RetryAfterPause(timeSource);
        this.budget = new RetryBudget(timeSource, this::keep);
        this.queue = new WaitQueue(lock, scheduler, this::wake);
    }

    /**
     * Returns the limits.
     *
     * @return the settings
     */
    public Limits settings() {
        return settings;
    }

    /**
     * Returns the retry budget.
     *
     * @return the budget of this limiter
     */
    public RetryBudget budget() {
        return budget;
    }

    /**
     * Returns the outage of the endpoint, open or not.
     *
     * @return the outage of this limiter
     */
    public Outage outage() {
        return outage;
    }

    /**
     * Tells how long a newcomer has to stay away because another call got a retry-after.
     *
     * @param scope what the vendor throttles together with the call that got the retry-after
     * @param most the longest retry-after that the newcomer waits for
     * @param left what is left of the newcomer's deadline
     * @param random spreads the calls over the time after the pause
     * @return zero where there is no pause; {@code left} or more where the deadline comes before the end of the pause
     */
    public Duration pauseLeft(String scope, Duration most, Duration left, RandomGenerator random) {
        return pause.left(scope, most, left, random);
    }

    /**
     * Tells whether it is worth asking for {@link #pauseLeft}.
     *
     * @return false where no scope has a pause
     */
    public boolean mayBePaused() {
        return pause.isKnown();
    }

    /**
     * Holds all calls of a scope back until a retry-after is over.
     *
     * @param scope what the vendor throttles together
     * @param retryAfter how long the server wants no attempt
     */
    public void pause(String scope, Duration retryAfter) {
        lock.lock();
        try {
            pause.begin(scope, retryAfter);
            keep();
        } finally {
            lock.unlock();
        }
    }

    /** Halves the rate for a while, because the service throttled a call. */
    public void throttled() {
        if (spacing == null) {
            return;
        }
        lock.lock();
        try {
            spacing.throttled();
            keep();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks to make an attempt where no call waits: the usual case, without a waiter.
     *
     * @return true if the attempt may be made; false if the call has to {@link #enter} and perhaps wait
     */
    public boolean tryEnter() {
        if (isOpen()) {
            return true;
        }
        lock.lock();
        try {
            // A newcomer never overtakes a waiter, not even where there is room for both.
            if (!queue.isEmpty() || !hasPlace()) {
                return false;
            }
            long now = now();
            // The least wait comes first: where the attempt before is too recent, the call goes away without a
            // reservation.
            if (leastWait(now) > 0 || untilDue(now) > 0) {
                return false;
            }
            letIn(now);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Names what became of a call that asked to make an attempt. */
    public enum Entry {
        /** The attempt may be made at once; the waiter is not told. */
        ADMITTED,
        /** The waiter is told later, unless it leaves before. */
        WAITS,
        /** The attempt cannot be made in time, or {@link Waiter#fault} names what is in its way; the waiter is not told. */
        REFUSED
    }

    /**
     * Asks to make an attempt.
     *
     * @param waiter waits if it must
     * @param left how long it may wait, above zero
     * @return what became of it by the time this returns; a waiter that left already waits for nothing
     */
    public Entry enter(Waiter waiter, Duration left) {
        if (isOpen()) {
            return Entry.ADMITTED;
        }
        List<Waiter> settled = new ArrayList<>(1);
        lock.lock();
        try {
            // A cancel may have come before the call got here.
            if (waiter.state() != State.WAITING) {
                return Entry.WAITS;
            }
            long nanosLeft = Durations.saturatedNanos(left);
            long now = now();
            // The least wait comes first: the expected wait may reserve, and a call refused by the first leaves
            // nothing.
            if (leastWait(now) >= nanosLeft || expectedWait(now) >= nanosLeft) {
                waiter.state(State.REFUSED);
                return Entry.REFUSED;
            }
            queue.add(waiter);
            advance(settled);
            // The caller learns it from the return value, and must not be told twice.
            if (settled.remove(waiter)) {
                return waiter.state() == State.ADMITTED ? Entry.ADMITTED : Entry.REFUSED;
            }
            return queue.stay(waiter, left) ? Entry.WAITS : Entry.REFUSED;
        } finally {
            lock.unlock();
            tell(settled);
        }
    }

    /**
     * Tells whether a waiter was admitted.
     *
     * @param waiter the waiter
     * @return true if its attempt may be made, and must be followed by {@link #release}
     */
    public boolean admitted(Waiter waiter) {
        return queue.admitted(waiter);
    }

    /**
     * Gives up the place of a waiter.
     *
     * @param waiter the waiter
     * @return true if it was still waiting, so that it is not told any more; false if its wait had ended before
     */
    public boolean leave(Waiter waiter) {
        return queue.settle(waiter, State.LEFT);
    }

    /** Ends an attempt that was admitted, after the last byte of its body. */
    public void release() {
        if (settings.concurrency() == 0) {
            return;
        }
        List<Waiter> settled = new ArrayList<>(1);
        lock.lock();
        try {
            underWay--;
            advance(settled);
        } finally {
            lock.unlock();
            tell(settled);
        }
    }

    /** Admits the first waiter when its attempt is due; run by the queue's timer. */
    private void wake() {
        List<Waiter> settled = new ArrayList<>(1);
        lock.lock();
        try {
            queue.woken();
            advance(settled);
        } finally {
            lock.unlock();
            tell(settled);
        }
    }

    /** Runs the callbacks, after the lock is released: a callback may send, block on a user's code or enter this limiter again. */
    private static void tell(List<Waiter> settled) {
        settled.forEach(waiter -> waiter.settled().run());
    }

    /** Admits all waiters that may go now, in their order, and sets the timer for the next. The lock is held. */
    private void advance(List<Waiter> settled) {
        while (!queue.isEmpty() && hasPlace()) {
            long now = now();
            long wait = untilDue(now);
            if (wait > 0) {
                queue.wakeAt(wait, settled);
                return;
            }
            letIn(now);
            settled.add(queue.admitFirst());
        }
    }

    private void keep() {
        slot.keep(this);
    }

    LimiterSlot slot() {
        return slot;
    }

    /** Tells whether there is nothing to remember, so that a new limiter would do the same. */
    boolean isFresh() {
        lock.lock();
        try {
            long now = timeSource.nanoTime();
            return underWay == 0
                    && queue.isEmpty()
                    && pause.isOver(now)
                    && budget.isFull()
                    && !outage.isRecent(now)
                    && (spacing == null || spacing.isIdle(now));
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen() {
        return spacing == null && settings.concurrency() == 0;
    }

    private boolean hasPlace() {
        return settings.concurrency() == 0 || underWay < settings.concurrency();
    }

    /** Reads the time where it matters: without a rate, nothing here depends on it. */
    private long now() {
        return spacing == null ? 0 : timeSource.nanoTime();
    }

    private long leastWait(long now) {
        return spacing == null ? 0 : spacing.leastWait(now);
    }

    /** Tells what a newcomer would wait for its rate. Reserves for a newcomer that would go at once. The lock is held. */
    private long expectedWait(long now) {
        if (spacing == null || (queue.isEmpty() && hasPlace() && spacing.untilDue(now) <= 0)) {
            return 0;
        }
        return spacing.expectedWait(now, queue.size());
    }

    private long untilDue(long now) {
        return spacing == null ? 0 : spacing.untilDue(now);
    }

    /** Counts an attempt that goes now. The lock is held. */
    private void letIn(long now) {
        if (spacing != null) {
            spacing.take(now);
        }
        keep();
        underWay += settings.concurrency() == 0 ? 0 : 1;
    }
}
