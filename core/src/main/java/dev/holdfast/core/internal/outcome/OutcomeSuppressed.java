package dev.holdfast.core.internal.outcome;

import java.io.Serializable;

/**
 * Carries the outcome on an exception that is not Holdfast's own. It stands among the suppressed exceptions, so that the original type
 * reaches the caller. It has no stack trace. The outcome is a {@link Serializable}, because this package is below the one of {@code Outcome}.
 */
public final class OutcomeSuppressed extends Exception {
    private static final long serialVersionUID = 1;

    private final Serializable outcome;

    private OutcomeSuppressed(Serializable outcome) {
        super(outcome.toString(), null, false, false);
        this.outcome = outcome;
    }

    /**
     * Attaches an outcome to an exception. Of several the last one counts: an exception that cannot be copied ends one call after another.
     *
     * @param thrown the exception; one that takes no suppressed exceptions stays as it is
     * @param outcome the outcome
     */
    public static void attach(Throwable thrown, Serializable outcome) {
        thrown.addSuppressed(new OutcomeSuppressed(outcome));
    }

    /**
     * Returns the outcome.
     *
     * @return what the call went through, an {@code Outcome}
     */
    public Serializable outcome() {
        return outcome;
    }
}
