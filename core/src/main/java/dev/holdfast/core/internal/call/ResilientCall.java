package dev.holdfast.core.internal.call;

import dev.holdfast.core.outcome.StopReason;
import java.io.InterruptedIOException;

/**
 * One call, to be driven once: blocking by {@link #execute()} or asynchronously by {@link #enqueue}. It may be cancelled from any thread
 * at any time, in an attempt and in a wait.
 *
 * @param <R> the client's own type of response
 */
public final class ResilientCall<R> extends CallHandle<R> {
    private final CallMachine<R> machine;

    /**
     * Creates a call that has not started; its deadline runs from now.
     *
     * @param engine what the calls of a {@code Holdfast} instance share
     * @param transport the adapter's side of this call
     * @param context what is known of the request
     */
    public ResilientCall(CallEngine engine, Transport<R> transport, CallContext context) {
        this.machine = new CallMachine<>(engine, transport, context);
    }

    /**
     * Told how an asynchronous call ended.
     *
     * @param <R> the client's own type of response
     */
    public interface Completion<R> {

        /**
         * There is a response, of whatever status.
         *
         * @param response the response, for the receiver to close
         */
        void onResponse(R response);

        /**
         * There is none.
         *
         * @param thrown the last fault; its outcome is attached
         */
        void onFailure(Throwable thrown);
    }

    /**
     * Ends the call before anything is sent.
     *
     * @param reason why
     * @param thrown what to throw
     * @return the exception with its outcome attached
     */
    public Throwable refuse(StopReason reason, Throwable thrown) {
        machine.stop(reason, thrown);
        return thrown;
    }

    /**
     * Drives the call on this thread.
     *
     * @return the response, of whatever status
     * @throws Exception what the client threw last, its outcome attached; {@link InterruptedIOException} if the thread was interrupted,
     *     whose flag then stays set
     */
    public R execute() throws Exception {
        return BlockingDriver.execute(machine, this);
    }

    /**
     * Drives the call without holding a thread while it waits.
     *
     * @param completion told exactly once, never on the scheduler's thread
     */
    public void enqueue(Completion<R> completion) {
        new AsyncDriver<>(machine, this, completion).start();
    }
}
