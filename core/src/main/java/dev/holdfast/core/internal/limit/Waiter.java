package dev.holdfast.core.internal.limit;

import dev.holdfast.core.time.Scheduler;
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

    void expiry(Scheduler.@Nullable Timer timer) {
        expiry = timer;
    }

    void cancelExpiry() {
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
    }
}
