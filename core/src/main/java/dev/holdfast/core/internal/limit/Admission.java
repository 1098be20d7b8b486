package dev.holdfast.core.internal.limit;

import dev.holdfast.core.internal.limit.EndpointLimiter.Entry;
import dev.holdfast.core.internal.limit.EndpointLimiter.Permit;
import dev.holdfast.core.internal.limit.Waiter.State;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets attempts in by rate and concurrency, in the order of arrival. Safe for several threads; blocks none.
 *
 * <p>Only the first waiter holds a reservation with the rate limiter. A waiter that gives up leaves at most that one, and the next uses it.
 */
final class Admission {
    private final LimiterKey key;
    private final TimeSource timeSource;
    private final @Nullable RateLimiterRegistry registry;
    private final Runnable keep;

    /**
     * Guards limits, spacing, queue, the states of the waiters and the count of attempts under way: one lock, because an admission changes most
     * of them together. No callback of a waiter runs under this lock.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private final WaitQueue queue;

    /** Written under the lock. Read without: most limiters have no limits, and an attempt then wants no lock. */
    private volatile Limits limits;

    private @Nullable Spacing spacing;
    private int underWay;

    /**
     * Creates an admission that nothing has passed.
     *
     * @param key names the rate limiter
     * @param limits how narrow it is
     * @param timeSource tells the time
     * @param scheduler ends waits
     * @param registry the user's registry for the rate limiter, or null
     * @param keep run after an attempt was let in or slowed down: there is something to remember
     */
    Admission(
            LimiterKey key,
            Limits limits,
            TimeSource timeSource,
            Scheduler scheduler,
            @Nullable RateLimiterRegistry registry,
            Runnable keep) {
        this.key = key;
        this.timeSource = timeSource;
        this.registry = registry;
        this.keep = keep;
        this.queue = new WaitQueue(lock, scheduler, this::wake);
        this.limits = limits;
        this.spacing = spacing(limits);
    }

    Limits limits() {
        return limits;
    }

    /** Changes the limits. Attempts under way stay, and waiters go by the new limits. */
    void change(Limits next) {
        List<Waiter> settled = new ArrayList<>(1);
        lock.lock();
        try {
            if (!Objects.equals(limits.interval(), next.interval())) {
                Spacing old = spacing;
                spacing = spacing(next);
                if (spacing != null && old != null) {
                    spacing.follow(old);
                }
            }
            limits = next;
            advance(settled);
        } finally {
            lock.unlock();
            tell(settled);
        }
    }

    private @Nullable Spacing spacing(Limits next) {
        Duration interval = next.interval();
        return interval == null ? null : new Spacing(key, interval, timeSource, registry);
    }

    void throttled() {
        lock.lock();
        try {
            if (spacing != null) {
                spacing.throttled();
                keep.run();
            }
        } finally {
            lock.unlock();
        }
    }

    Permit tryEnter() {
        if (isOpen()) {
            return Permit.FREE;
        }
        lock.lock();
        try {
            // A newcomer never overtakes a waiter, not even where there is room for both.
            if (!queue.isEmpty() || !hasPlace()) {
                return Permit.NONE;
            }
            long now = now();
            // The least wait comes first: where the attempt before is too recent, the call goes away without a
            // reservation.
            if (leastWait(now) > 0 || untilDue(now) > 0) {
                return Permit.NONE;
            }
            return letIn(now);
        } finally {
            lock.unlock();
        }
    }

    Entry enter(Waiter waiter, Duration left) {
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

    boolean admitted(Waiter waiter) {
        return queue.admitted(waiter);
    }

    boolean leave(Waiter waiter) {
        return queue.settle(waiter, State.LEFT);
    }

    /** Ends an attempt with a counted permit. */
    void release() {
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

    /** Tells whether an attempt of this moment would go as the first one does. */
    boolean isFresh() {
        lock.lock();
        try {
            return underWay == 0 && queue.isEmpty() && (spacing == null || spacing.isIdle(timeSource.nanoTime()));
        } finally {
            lock.unlock();
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
            Permit permit = letIn(now);
            Waiter first = queue.admitFirst();
            first.permit(permit);
            settled.add(first);
        }
    }

    private boolean isOpen() {
        Limits current = limits;
        return current.interval() == null && current.concurrency() == 0;
    }

    private boolean hasPlace() {
        int most = limits.concurrency();
        return most == 0 || underWay < most;
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

    /** Counts an attempt that goes now, where there is anything to count. The lock is held. */
    private Permit letIn(long now) {
        if (spacing != null) {
            spacing.take(now);
        }
        keep.run();
        if (limits.concurrency() == 0) {
            return Permit.FREE;
        }
        underWay++;
        return Permit.COUNTED;
    }
}
