package dev.holdfast.core.internal.decide;

import java.io.IOException;

/**
 * A fault that came before anything of the request was written. It is made for the decision alone: callers are thrown the cause.
 */
public final class UnsentFault extends IOException {
    private static final long serialVersionUID = 1;

    /** Whether the attempt had a connection. */
    private final boolean connected;

    /**
     * Creates one.
     *
     * @param cause what the client threw
     * @param connected whether the attempt had a connection
     */
    public UnsentFault(IOException cause, boolean connected) {
        super(cause.getMessage(), cause);
        this.connected = connected;
    }

    boolean connected() {
        return connected;
    }

    /** Nobody reads a trace of this exception, and a waiting call must not pay for one. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Throwable fillInStackTrace() {
        return this;
    }
}
