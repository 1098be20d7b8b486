package dev.holdfast.core.internal.limit;

import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the calls of one key share: rate, concurrency, pauses, retry budget, outage. Safe for several threads; blocks none. */
public final class EndpointLimiter {
    private final Claims claims;
    private final Admission admission;
    private final RetryAfterPause pause;
    private final RetryBudget budget;
    private final Outage outage = new Outage(this::keep);
    private final LimiterSlot slot = new LimiterSlot(this);
    private final TimeSource timeSource;

    EndpointLimiter(
            LimiterKey key,
            Limits settings,
            TimeSource timeSource,
            Scheduler scheduler,
            @Nullable RateLimiterRegistry registry) {
        this.timeSource = timeSource;
        this.claims = new Claims(key, settings);
        this.admission = new Admission(key, settings, timeSource, scheduler, registry, this::keep);
        this.pause = new RetryAfterPause(timeSource);
        this.budget = new RetryBudget(settings, timeSource, this::keep);
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

    /** Names what a call has to do after its attempt. */
    public enum Permit {
        /** No attempt may be made. */
        NONE,
        /** The attempt is not counted: nothing is given back. */
        FREE,
        /** The attempt is counted: {@link #release} follows after the last byte of its body. */
        COUNTED
    }

    /**
     * Returns the limits.
     *
     * @return what holds now
     */
    public Limits settings() {
        return admission.limits();
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
        pause.begin(scope, retryAfter);
        keep();
    }

    /** Halves the rate for a while, because the service throttled a call. */
    public void throttled() {
        admission.throttled();
    }

    /**
     * Asks to make an attempt where no call waits: the usual case, without a waiter.
     *
     * @return whether the attempt may be made; {@link Permit#NONE} if the call has to {@link #enter} and perhaps wait
     */
    public Permit tryEnter() {
        heedClaims();
        return admission.tryEnter();
    }

    /**
     * Asks to make an attempt.
     *
     * @param waiter waits if it must
     * @param left how long it may wait, above zero
     * @return what became of it by the time this returns; a waiter that left already waits for nothing
     */
    public Entry enter(Waiter waiter, Duration left) {
        return admission.enter(waiter, left);
    }

    /**
     * Tells whether a waiter was admitted.
     *
     * @param waiter the waiter
     * @return true if its attempt may be made, with {@link Waiter#permit}
     */
    public boolean admitted(Waiter waiter) {
        return admission.admitted(waiter);
    }

    /**
     * Gives up the place of a waiter.
     *
     * @param waiter the waiter
     * @return true if it was still waiting, so that it is not told any more; false if its wait had ended before
     */
    public boolean leave(Waiter waiter) {
        return admission.leave(waiter);
    }

    /** Ends an attempt with a {@link Permit#COUNTED} permit, after the last byte of its body. */
    public void release() {
        admission.release();
    }

    /** An owner wants these limits for as long as it is reachable. */
    void claim(Object owner, Limits limits) {
        claims.add(owner, limits);
        holdClaims();
    }

    /** Where owners want different limits, looks whether one has gone. */
    private void heedClaims() {
        if (claims.isMixed()) {
            claims.dropGone();
            holdClaims();
        }
    }

    /** Applies what the claims come to, again where it has changed meanwhile: of two threads, the later result must stay. */
    private void holdClaims() {
        for (Limits next = claims.holding(); !next.equals(admission.limits()); next = claims.holding()) {
            admission.change(next);
            budget.resize(next);
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
        heedClaims();
        long now = timeSource.nanoTime();
        return !claims.isMixed()
                && admission.isFresh()
                && pause.isOver(now)
                && budget.isFull()
                && !outage.isRecent(now);
    }
}
