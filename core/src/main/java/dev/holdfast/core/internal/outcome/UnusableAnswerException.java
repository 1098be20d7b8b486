package dev.holdfast.core.internal.outcome;

import java.io.IOException;
import java.util.Objects;

/**
 * Says that a success came whole, and that the one that reads it for the caller cannot use it: it is empty, or no document. The attempt has
 * failed then. No caller sees this type: what leaves a call is the cause.
 */
public final class UnusableAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * An exception.
     *
     * @param why what the reader threw
     */
    public UnusableAnswerException(IOException why) {
        super(why.getMessage(), Objects.requireNonNull(why, "why must not be null"));
    }

    /**
     * Returns what a caller may see.
     *
     * @param fault the fault of an attempt
     * @return what the reader or the HTTP client threw
     */
    public static Throwable reason(Throwable fault) {
        boolean marked = fault instanceof UnusableAnswerException || fault instanceof BrokenAnswerException;
        return marked ? Objects.requireNonNull(fault.getCause()) : fault;
    }
}
