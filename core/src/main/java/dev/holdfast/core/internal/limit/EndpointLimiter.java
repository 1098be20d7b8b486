package dev.holdfast.core.internal.limit;

import dev.holdfast.core.internal.limit.Waiter.State;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all calls of one key pass before each attempt. Waiters queue in order and only the first of them has a booking with the limiter, so
 * that those who give up leave at most that one behind, for the next to use. Safe for several threads; parks none.
 */
public final class EndpointLimiter {
    /** How long calls go at half rate after a throttle: the limit is shared with agents that nobody here knows of. */
    private static final Duration SLOWED_FOR = Duration.ofSeconds(30);

    private static final Duration PAUSE_SPREAD = Duration.ofSeconds(5);
    private static final long NOTHING_BOOKED = Long.MIN_VALUE;

    private final Limits settings;
    private final @Nullable Spacing limiter;
    private final TimeSource clock;
    private final Scheduler scheduler;
    private final RetryBudget budget;

    private final Outage fault = new Outage();

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> queue = new ArrayDeque<>();
    private int underWay;
    private long bookedFor = NOTHING_BOOKED;
    /** The limiter's windows are fixed: without this one call could go at the end of one and the next at the beginning of the next. */
    private long notBefore = NOTHING_BOOKED;

    private Scheduler.@Nullable Timer timer;
    private long slowedUntil;
    private volatile long pauseEnd;
    private volatile long pauseSpread;

    EndpointLimiter(Limits settings, @Nullable Spacing limiter, TimeSource clock, Scheduler scheduler) {
        this.settings = settings;
        this.limiter = limiter;
        this.clock = clock;
        this.scheduler = scheduler;
        this.budget = new RetryBudget(clock);
    }

    /**
     * How narrow it is.
     *
     * @return the settings
     */
    public Limits settings() {
        return settings;
    }

    /**
     * The retry budget.
     *
     * @return the budget of this limiter
     */
    public RetryBudget budget() {
        return budget;
    }

    /**
     * Whether the endpoint is in trouble.
     *
     * @return the mark of this limiter
     */
    public Outage fault() {
        return fault;
    }

    /**
     * How long a newcomer has to stay away because of a retry-after that somebody got.
     *
     * @param random spreads those who wait over the time after the pause
     * @return zero where there is no pause
     */
    public Duration pauseLeft(RandomGenerator random) {
        long spread = pauseSpread;
        if (spread == 0) {
            return Duration.ZERO;
        }
        long left = pauseEnd - clock.nanoTime();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left + Randomness.uniform(random, 0, spread));
    }

    /**
     * Keeps everybody away until a retry-after is over.
     *
     * @param retryAfter how long the server wants to be left alone
     */
    public void pause(Duration retryAfter) {
        lock.lock();
        try {
            long end = clock.nanoTime() + Durations.saturatedNanos(retryAfter);
            if (pauseSpread == 0 || end - pauseEnd > 0) {
                pauseEnd = end;
                pauseSpread = Durations.min(retryAfter, PAUSE_SPREAD).toNanos();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The service throttled somebody: half rate for a while. */
    public void throttled() {
        lock.lock();
        try {
            slowedUntil = clock.nanoTime() + SLOWED_FOR.toNanos() | 1;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks to make an attempt where nobody waits: the usual case, without a ticket.
     *
     * @return true if the attempt may be made; false if it has to {@link #enter} and perhaps wait
     */
    public boolean tryEnter() {
        if (limiter == null && settings.concurrency() == 0) {
            return true;
        }
        lock.lock();
        try {
            if (!queue.isEmpty() || !hasPlace()) {
                return false;
            }
            long now = limiter == null ? 0 : clock.nanoTime();
            if (leastWait(now) > 0 || !due(now)) {
                return false;
            }
            letIn(now);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What became of somebody who asked to make an attempt. */
    public enum Entry {
        /** The attempt may be made at once; the ticket is not told. */
        ADMITTED,
        /** The ticket is told later, unless it was left before. */
        WAITS,
        /** It cannot be made in time; the ticket is not told. */
        REFUSED
    }

    /**
     * Asks to make an attempt.
     *
     * @param ticket waits if it must
     * @param left how long it may wait, above zero
     * @return what became of it by the time this returns; a ticket that was left already waits for nothing
     */
    public Entry enter(Waiter ticket, Duration left) {
        if (limiter == null && settings.concurrency() == 0) {
            return Entry.ADMITTED;
        }
        List<Waiter> settled = new ArrayList<>(1);
        lock.lock();
        try {
            if (ticket.state() != State.WAITING) {
                return Entry.WAITS;
            }
            long nanosLeft = Durations.saturatedNanos(left);
            if (leastWait(clock.nanoTime()) >= nanosLeft || expectedWait() >= nanosLeft) {
                ticket.state(State.REFUSED);
                return Entry.REFUSED;
            }
            queue.add(ticket);
            advance(settled);
            if (ticket.state() == State.WAITING) {
                stay(ticket, left);
            }
            settled.remove(ticket);
            return switch (ticket.state()) {
                case ADMITTED -> Entry.ADMITTED;
                case REFUSED -> Entry.REFUSED;
                default -> Entry.WAITS;
            };
        } finally {
            lock.unlock();
            settled.forEach(other -> other.settled().run());
        }
    }

    /** The lock is held. */
    private void stay(Waiter ticket, Duration left) {
        try {
            ticket.expiry(scheduler.schedule(() -> expire(ticket), lost -> expire(ticket), left));
        } catch (RejectedExecutionException nobodyWouldEndItsWait) {
            ticket.state(State.REFUSED);
            remove(ticket);
        }
    }

    /** A timer that nobody waits for is taken back; the lock is held. */
    private void remove(Waiter ticket) {
        queue.remove(ticket);
        if (queue.isEmpty() && timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /**
     * Whether a ticket was let in.
     *
     * @param ticket the ticket
     * @return true if its attempt may be made, and must be followed by {@link #release}
     */
    public boolean admitted(Waiter ticket) {
        lock.lock();
        try {
            return ticket.state() == State.ADMITTED;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives up a place.
     *
     * @param ticket the ticket
     * @return true if it was still waiting, so that it will not be told any more; false if it was settled before
     */
    public boolean leave(Waiter ticket) {
        return settle(ticket, State.LEFT);
    }

    /** An attempt that was let in is over, to the end of its body. */
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
            settled.forEach(ticket -> ticket.settled().run());
        }
    }

    private void expire(Waiter ticket) {
        if (settle(ticket, State.REFUSED)) {
            ticket.settled().run();
        }
    }

    private boolean settle(Waiter ticket, State state) {
        lock.lock();
        try {
            if (ticket.state() != State.WAITING) {
                return false;
            }
            ticket.state(state);
            ticket.cancelExpiry();
            remove(ticket);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What everybody waits without a look at the limiter, at which a look is a booking: who is refused by it leaves none. */
    private long leastWait(long now) {
        return bookedFor == NOTHING_BOOKED && notBefore != NOTHING_BOOKED ? Math.max(0, notBefore - now) : 0;
    }

    /** What a newcomer would wait for the limiter: the booking that stands, and one interval for each who waits already. */
    private long expectedWait() {
        Duration interval = settings.interval();
        if (interval == null) {
            return 0;
        }
        long now = clock.nanoTime();
        if (queue.isEmpty() && hasPlace() && due(now)) {
            return 0;
        }
        long booked = bookedFor == NOTHING_BOOKED ? 0 : Math.max(0, bookedFor - now);
        return booked + queue.size() * interval.toNanos() * (slowed(now) ? 2 : 1);
    }

    private boolean hasPlace() {
        return settings.concurrency() == 0 || underWay < settings.concurrency();
    }

    private boolean slowed(long now) {
        return slowedUntil != 0 && slowedUntil - now > 0;
    }

    /** Lets in whoever may go now; the lock is held. */
    private void advance(List<Waiter> settled) {
        while (!queue.isEmpty() && hasPlace()) {
            long now = limiter == null ? 0 : clock.nanoTime();
            if (!due(now)) {
                wakeAt(bookedFor - now, settled);
                return;
            }
            letIn(now);
            Waiter first = queue.remove();
            first.state(State.ADMITTED);
            first.cancelExpiry();
            settled.add(first);
        }
    }

    /** Whether the limiter lets the next one go, for whom there is a booking afterwards; the lock is held. */
    private boolean due(long now) {
        if (limiter == null) {
            return true;
        }
        if (bookedFor == NOTHING_BOOKED) {
            bookedFor = now + limiter.book(slowed(now));
            if (notBefore != NOTHING_BOOKED && notBefore - bookedFor > 0) {
                bookedFor = notBefore;
            }
        }
        return bookedFor - now <= 0;
    }

    /** The lock is held. */
    private void letIn(long now) {
        Duration interval = settings.interval();
        if (interval != null) {
            bookedFor = NOTHING_BOOKED;
            notBefore = now + interval.toNanos() * (slowed(now) ? 2 : 1);
        }
        underWay += settings.concurrency() == 0 ? 0 : 1;
    }

    private void wakeAt(long nanos, List<Waiter> settled) {
        if (timer != null) {
            return;
        }
        try {
            timer = scheduler.schedule(this::wake, this::lost, Duration.ofNanos(nanos));
        } catch (RejectedExecutionException shutDown) {
            for (Waiter ticket : queue) {
                ticket.state(State.REFUSED);
                ticket.cancelExpiry();
                settled.add(ticket);
            }
            queue.clear();
        }
    }

    private void wake() {
        List<Waiter> settled = new ArrayList<>(1);
        lock.lock();
        try {
            timer = null;
            advance(settled);
        } finally {
            lock.unlock();
        }
        settled.forEach(ticket -> ticket.settled().run());
    }

    private void lost(RejectedExecutionException shutDown) {
        List<Waiter> waiting;
        lock.lock();
        try {
            timer = null;
            waiting = List.copyOf(queue);
        } finally {
            lock.unlock();
        }
        waiting.forEach(this::expire);
    }
}
