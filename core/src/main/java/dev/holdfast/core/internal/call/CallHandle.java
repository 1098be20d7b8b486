package dev.holdfast.core.internal.call;

import org.jspecify.annotations.Nullable;

/**
 * What a cancel reaches: the attempt on the wire, or the wait. Thread-safe, and the only place of a call with a lock. The lock is the
 * monitor of this object, held for a few writes and the start of a timer only. A {@code ReentrantLock} would cost each call 48 B, and a
 * handle apart from its call another 24 B; a success at once takes 1,210 B (JMH, 2026-11-29).
 *
 * @param <R> the client's own type of response
 */
abstract class CallHandle<R> {
    private volatile boolean canceled;
    private volatile Transport.@Nullable Exchange<R> exchange;

    /** Guarded by the lock. */
    private @Nullable Wait wait;

    /** A wait of the driver. It ends once: by itself through {@link #endWait}, or by a cancel. */
    @FunctionalInterface
    interface Wait {
        /** Starts the timer of the wait, if it has one. The lock is held, so a cancel finds the timer. */
        default void starts() {}

        /** The call was cancelled, and the wait is over. Runs on the canceller's thread, without the lock. */
        void canceled();
    }

    /**
     * Returns whether the call was cancelled.
     *
     * @return true after {@link #cancel()}
     */
    public final boolean isCanceled() {
        return canceled;
    }

    /** Ends the call as soon as possible: the attempt that is on the wire, or the wait. Harmless before, after and twice. */
    public final void cancel() {
        Transport.Exchange<R> running;
        Wait ended;
        synchronized (this) {
            canceled = true;
            running = exchange;
            ended = wait;
            wait = null;
        }
        // Both run code of the client or of the caller's scheduler, which may block or call back: the lock must be
        // free.
        if (running != null) {
            running.cancel();
        }
        if (ended != null) {
            ended.canceled();
        }
    }

    /** An attempt begins. Returns false if the call was cancelled before: then nothing may be sent. */
    final boolean beginAttempt(Transport.Exchange<R> next) {
        // No lock: this writes the exchange and then reads the mark, a cancel writes the mark and then reads the
        // exchange. One of the two sees the other.
        exchange = next;
        return !canceled;
    }

    /** A wait begins, and the last attempt is over. Returns false if the call was cancelled before: then there is nothing to wait for. */
    final synchronized boolean beginWait(Wait next) {
        exchange = null;
        // Under the lock: a cancel comes either before this look, or after the wait can be found.
        if (canceled) {
            return false;
        }
        // First: a timer that fires at once must find the wait.
        wait = next;
        try {
            next.starts();
        } catch (RuntimeException | Error e) {
            wait = null;
            throw e;
        }
        return true;
    }

    /** A wait is over by itself. Returns false if a cancel, or the wait itself, has ended it before. */
    final synchronized boolean endWait(Wait ended) {
        if (wait != ended) {
            return false;
        }
        wait = null;
        return true;
    }
}
