package dev.holdfast.core.internal.call;

/** A adapter's way to say that what was thrown within an attempt came from the caller's signer and not from the client. */
public final class SigningFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What the signer threw. */
    private final RuntimeException thrown;

    /**
     * An exception.
     *
     * @param thrown what the signer threw; its message is not repeated
     */
    public SigningFailedException(RuntimeException thrown) {
        super("the signer threw " + thrown.getClass().getName(), thrown);
        this.thrown = thrown;
    }

    RuntimeException thrown() {
        return thrown;
    }
}
