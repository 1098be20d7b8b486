package dev.holdfast.core.outcome;

import org.jspecify.annotations.Nullable;

/** There is no credential to be had now. Its message names the source and the reason, never a credential. */
public final class CredentialException extends HoldfastException {
    private static final long serialVersionUID = 1;

    /** Whether the source has replaced one a moment ago. */
    private final boolean tooSoon;

    /**
     * An exception.
     *
     * @param message why
     * @param cause what the fetch ended with, or null
     */
    public CredentialException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private CredentialException(String message, @Nullable Throwable cause, boolean tooSoon) {
        super(message, cause);
        this.tooSoon = tooSoon;
    }

    /**
     * Returns the exception for a replacement that was rejected a moment after it was fetched.
     *
     * @param source the source's name
     * @return a new exception, for which {@link #isTooSoon()} is true
     */
    public static CredentialException tooSoon(String source) {
        return new CredentialException(
                source + " was refused and replaced a moment ago; not asking again yet", null, true);
    }

    /**
     * Whether what was refused is itself a replacement made a moment ago, which is not replaced at once.
     *
     * @return true if another replacement is to be had later
     */
    public boolean isTooSoon() {
        return tooSoon;
    }
}
