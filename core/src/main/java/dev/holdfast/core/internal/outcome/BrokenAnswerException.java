package dev.holdfast.core.internal.outcome;

import java.io.IOException;
import java.util.Objects;

/** Says that an answer broke off, or cannot be read, after its status was known. No caller sees this type: what leaves a call is the cause. */
public final class BrokenAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * An exception.
     *
     * @param status the status of the answer
     * @param why what the HTTP client threw
     */
    public BrokenAnswerException(int status, IOException why) {
        super(why.getMessage(), Objects.requireNonNull(why, "why must not be null"));
        this.status = status;
    }

    /**
     * Returns the status of the answer.
     *
     * @return the status
     */
    public int status() {
        return status;
    }
}
