package dev.holdfast.core.gate;

import org.jspecify.annotations.Nullable;

/** A place in a gate's queue. */
public final class Ticket {
    /** How a place was left. */
    enum State {
        WAITING,
        ADMITTED,
        REFUSED,
        LEFT
    }

    private final Runnable settled;
    private State state = State.WAITING;
    private dev.holdfast.core.time.Scheduler.@Nullable Timer expiry;

    /**
     * A place not taken yet.
     *
     * @param settled run at most once, when the wait ends by admission or refusal; on any thread, and must not block
     */
    public Ticket(Runnable settled) {
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

    void expiry(dev.holdfast.core.time.Scheduler.@Nullable Timer timer) {
        expiry = timer;
    }

    void cancelExpiry() {
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
    }
}
