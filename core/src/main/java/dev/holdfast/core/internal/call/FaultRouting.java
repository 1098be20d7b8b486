package dev.holdfast.core.internal.call;

import dev.holdfast.core.internal.limit.Waiter;
import dev.holdfast.core.internal.outcome.UnusableAnswerException;
import dev.holdfast.core.outcome.HostRefusedException;
import dev.holdfast.core.outcome.StopReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Says which throwable ends a call, and with which reason. The same for both drivers. */
final class FaultRouting {
    private FaultRouting() {}

    /** Runs a transition. What a callback of the caller throws in it ends the call, and no permit is lost with it. */
    static <R> Step<R> guarded(CallMachine<R> machine, Supplier<Step<R>> transition) {
        try {
            return transition.get();
        } catch (RuntimeException | Error e) {
            return machine.stop(StopReason.CALLBACK_FAILED, e);
        }
    }

    /** The call begins. */
    static <R> Step<R> first(CallMachine<R> machine, CallHandle<R> handle) {
        try {
            return handle.isCanceled() ? machine.cancelled() : machine.ready();
        } catch (RuntimeException | Error e) {
            return machine.stop(StopReason.CALLBACK_FAILED, e);
        }
    }

    /** An attempt received a response. */
    static <R> Step<R> afterResponse(CallMachine<R> machine, CallHandle<R> handle, AttemptResponse<R> received) {
        if (handle.isCanceled()) {
            machine.late(received);
            return machine.cancelled();
        }
        try {
            return machine.received(received);
        } catch (IOException broken) {
            machine.late(received);
            return afterFault(machine, handle.isCanceled(), AttemptFacts.BROKEN_BODY, broken);
        } catch (RuntimeException | Error e) {
            // A rule, a dialect or a source of jitter that is the caller's own. What it looked at must not leak.
            machine.late(received);
            return machine.stop(StopReason.CALLBACK_FAILED, e);
        }
    }

    /** An attempt ended without a response. */
    static <R> Step<R> afterFault(
            CallMachine<R> machine, CallHandle<R> handle, Transport.Exchange<R> exchange, Throwable thrown) {
        return afterFault(machine, handle.isCanceled() || exchange.isCanceled(), exchange.facts(), thrown);
    }

    private static <R> Step<R> afterFault(
            CallMachine<R> machine, boolean canceled, AttemptFacts facts, Throwable thrown) {
        Throwable fault = UnusableAnswerException.reason(thrown);
        // First: after a cancel, a client throws whatever its broken socket gives.
        if (canceled) {
            return machine.stop(StopReason.CANCELLED, fault instanceof IOException ? fault : canceled());
        }
        // A timeout is an InterruptedIOException too. The flag of the thread tells them apart.
        if (fault instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
            return machine.stop(StopReason.INTERRUPTED, fault);
        }
        if (fault instanceof SigningFailedException signing) {
            return machine.stop(StopReason.CALLBACK_FAILED, signing.thrown());
        }
        if (fault instanceof HostRefusedException) {
            return machine.stop(StopReason.HOST_REFUSED, fault);
        }
        // The executor of the client was shut down, and stays so: a further attempt would be rejected too.
        if (fault instanceof RejectedExecutionException || fault.getCause() instanceof RejectedExecutionException) {
            return machine.stop(StopReason.CANCELLED, fault);
        }
        return guarded(machine, () -> machine.failed(thrown, facts));
    }

    /** The wait for a credential is over: by the credential, the deadline or a cancel. */
    static <R> Step<R> afterCredential(CallMachine<R> machine, CallHandle<R> handle, Step.AwaitCredential<R> await) {
        if (handle.isCanceled()) {
            return machine.cancelled();
        }
        return await.coming().isDone() ? machine.credential(await.coming()) : machine.credentialTooLate();
    }

    /** The limiter refused a waiter: there is no permit in time, or the scheduler broke. */
    static <R> Step<R> refused(CallMachine<R> machine, Waiter waiter) {
        Throwable fault = waiter.fault();
        return fault == null ? machine.notPermitted() : machine.stop(StopReason.CALLBACK_FAILED, fault);
    }

    static IOException canceled() {
        return new IOException("Canceled");
    }

    static IOException shutDown(RejectedExecutionException e) {
        return new IOException("the scheduler was shut down, so the call cannot wait for its next attempt", e);
    }

    static InterruptedIOException interrupted(InterruptedException cause) {
        InterruptedIOException thrown = new InterruptedIOException("interrupted");
        thrown.initCause(cause);
        return thrown;
    }

    /** Returns what a blocking call throws; an error is thrown at once. */
    static Exception asException(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof Exception exception ? exception : new IOException(thrown);
    }
}
