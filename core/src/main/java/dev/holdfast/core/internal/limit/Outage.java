package dev.holdfast.core.internal.limit;

import dev.holdfast.core.decision.ErrorKind;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the trouble of an endpoint, so that the log has a line when it begins, when it becomes another and when it ends. An endpoint that fails and works by
 * turns has such lines once a minute. Thread-safe.
 */
public final class Outage {
    /** A trouble that has lasted for so long without another call may be logged once more. */
    private static final long WORTH_REMEMBERING = TimeUnit.HOURS.toNanos(1);

    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    /**
     * One moment. Of calls that change it at the same time, compare-and-set lets one log.
     *
     * @param open whether there is trouble
     * @param since when the trouble began
     * @param kind the kind that was logged last
     * @param loggedAt when it was logged
     * @param told whether a line of this trouble was logged, so that its end is worth one
     */
    private record State(boolean open, long since, ErrorKind kind, long loggedAt, boolean told) {}

    /** Names what a fault is worth. */
    public enum Line {
        /** Nothing: it was said a moment ago. */
        NONE,
        /** The trouble begins. */
        BEGINS,
        /** The trouble has become another. */
        CHANGES
    }

    private final AtomicReference<@Nullable State> state = new AtomicReference<>();
    private final Runnable keep;

    /**
     * Creates a closed outage.
     *
     * @param keep run after the outage was opened: there is something to remember
     */
    Outage(Runnable keep) {
        this.keep = keep;
    }

    /**
     * Opens the outage, because a call met a fault.
     *
     * @param kind the fault's kind
     * @param nowNanos the monotonic time
     * @return what to log
     */
    public Line open(ErrorKind kind, long nowNanos) {
        State now = state.get();
        State next = now == null || !now.open ? begun(now, kind, nowNanos) : changed(now, kind, nowNanos);
        if (next.equals(now) || !state.compareAndSet(now, next)) {
            return Line.NONE;
        }
        keep.run();
        if (next.loggedAt != nowNanos || !next.told) {
            return Line.NONE;
        }
        return now == null || !now.open ? Line.BEGINS : Line.CHANGES;
    }

    private static State begun(@Nullable State last, ErrorKind kind, long nowNanos) {
        return last == null || nowNanos - last.loggedAt >= QUIET
                ? new State(true, nowNanos, kind, nowNanos, true)
                : new State(true, nowNanos, last.kind, last.loggedAt, false);
    }

    /** Another kind is news. Two kinds by turns are not: a second change within a minute is not logged. */
    private static State changed(State now, ErrorKind kind, long nowNanos) {
        boolean first = !now.told || now.loggedAt == now.since;
        boolean news = now.kind != kind && (first || nowNanos - now.loggedAt >= QUIET);
        return news ? new State(true, now.since, kind, nowNanos, true) : now;
    }

    /**
     * Tells whether the endpoint is in trouble.
     *
     * @return true between a fault and the next success
     */
    public boolean isOpen() {
        State now = state.get();
        return now != null && now.open;
    }

    /** Tells whether there is trouble that began within the last hour, or a line that is not a minute old. */
    boolean isRecent(long nowNanos) {
        State now = state.get();
        return now != null
                && ((now.open && nowNanos - now.since < WORTH_REMEMBERING) || nowNanos - now.loggedAt < QUIET);
    }

    /**
     * Closes the outage, because a call succeeded.
     *
     * @param nowNanos the monotonic time
     * @return how many nanoseconds the trouble lasted, for the first success after a trouble that was logged; -1 otherwise
     */
    public long close(long nowNanos) {
        State now = state.get();
        if (now == null || !now.open) {
            return -1;
        }
        boolean first = state.compareAndSet(now, new State(false, now.since, now.kind, now.loggedAt, false));
        return first && now.told ? Math.max(0, nowNanos - now.since) : -1;
    }
}
