package dev.holdfast.core.internal.limit;

import dev.holdfast.core.time.Scheduler;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A place in a limiter's queue. State and expiry are read and written under the limiter's lock. */
public final class Waiter {
    /** Names how a wait ended, if it did. */
    enum State {
        WAITING,
        ADMITTED,
        REFUSED,
        LEFT
    }

    private final Runnable settled;
    private State state = State.WAITING;
    private Scheduler.@Nullable Timer expiry;
    private @Nullable Throwable fault;
    private EndpointLimiter.Permit permit = EndpointLimiter.Permit.NONE;

    /**
     * Creates a place that is not taken yet.
     *
     * @param settled run at most once, when the wait ends by admission or refusal; on any thread, and must not block
     */
    public Waiter(Runnable settled) {
        this.settled = settled;
    }

    Runnable settled() {
        return settled;
    }

    State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    /** Ends the wait because the scheduler bounds none. One that was shut down is no fault: then there is simply no permit in time. */
    void refuse(Throwable thrown) {
        state = State.REFUSED;
        fault = thrown instanceof RejectedExecutionException ? null : thrown;
    }

    /**
     * Returns why the waiter was refused, where it was not for want of time. Read it after the wait is over.
     *
     * @return what the scheduler threw instead of bounding the wait, or null
     */
    public @Nullable Throwable fault() {
        return fault;
    }

    void permit(EndpointLimiter.Permit granted) {
        permit = granted;
    }

    /**
     * Returns what a waiter that was admitted has to give back. Read it after {@link EndpointLimiter#admitted}.
     *
     * @return the permit
     */
    public EndpointLimiter.Permit permit() {
        return permit;
    }

    void expiry(Scheduler.@Nullable Timer timer) {
        expiry = timer;
    }

    void cancelExpiry() {
        TimerCancel.cancel(expiry);
        expiry = null;
    }
}
