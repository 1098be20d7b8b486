package dev.holdfast.core;

/**
 * Carries the outcome on an exception that is not ours: it stands among the suppressed ones, so that the original type reaches the
 * caller. Without a stack trace of its own.
 */
public final class CallHistory extends Exception {
    private static final long serialVersionUID = 1;

    private final Outcome outcome;

    private CallHistory(Outcome outcome) {
        super(outcome.toString(), null, false, false);
        this.outcome = outcome;
    }

    /**
     * Attaches an outcome to an exception.
     *
     * @param thrown the exception; one that takes no suppressed exceptions stays as it is
     * @param outcome the outcome
     */
    public static void attach(Throwable thrown, Outcome outcome) {
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (suppressed instanceof CallHistory) {
                return;
            }
        }
        thrown.addSuppressed(new CallHistory(outcome));
    }

    /**
     * The outcome.
     *
     * @return what the call went through
     */
    public Outcome outcome() {
        return outcome;
    }
}
