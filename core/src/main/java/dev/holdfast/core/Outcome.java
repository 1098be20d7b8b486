package dev.holdfast.core;

import dev.holdfast.core.error.Decision;
import dev.holdfast.core.retry.StopReason;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a call and why there was no further one; the same shape for a response, an exception and every door. Immutable.
 *
 * <p>{@link #toString()} is one line for an operator: service and operation, how it ended, how many attempts in which time, then each
 * attempt as {@code status kind hint +wait}, the hint only where the server gave one, and the advice where it did not succeed:
 *
 * <pre>azure/imds instance: succeeded after 3 attempts in 20.4s [410 updating +9.8s, 410 updating +10.0s, 200]</pre>
 *
 * @param service the service's id
 * @param operation the operation's id
 * @param attempts the attempts in order; empty where none was made
 * @param reason why there was no further one
 * @param total how long the call took
 */
public record Outcome(String service, String operation, List<Attempt> attempts, StopReason reason, Duration total)
        implements Serializable {

    /**
     * Checks the parts and copies the attempts.
     *
     * @param service the service's id
     * @param operation the operation's id
     * @param attempts the attempts in order; empty where none was made
     * @param reason why there was no further one
     * @param total how long the call took
     */
    public Outcome {
        Objects.requireNonNull(service, "service must not be null");
        Objects.requireNonNull(operation, "operation must not be null");
        Objects.requireNonNull(reason, "reason must not be null");
        Objects.requireNonNull(total, "total must not be null");
        attempts = List.copyOf(attempts);
    }

    /**
     * The outcome that an exception of a call carries.
     *
     * @param thrown the exception, or one that it caused
     * @return its outcome, or null if it does not come from a call of Holdfast
     */
    public static @Nullable Outcome of(Throwable thrown) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 20; t = t.getCause(), depth++) {
            if (t instanceof ServiceException e) {
                return e.outcome();
            }
            for (Throwable suppressed : t.getSuppressed()) {
                if (suppressed instanceof CallHistory history) {
                    return (Outcome) history.outcome();
                }
            }
        }
        return null;
    }

    /**
     * The outcome of a call whose first attempt succeeded.
     *
     * @param service the service's id
     * @param operation the operation's id
     * @param status the answer's status
     * @param took how long it took
     * @return the outcome
     */
    public static Outcome cleanSuccess(String service, String operation, int status, Duration took) {
        Attempt only = new Attempt(1, Duration.ZERO, took, status, null, null, Duration.ZERO);
        return new Outcome(service, operation, List.of(only), StopReason.SUCCEEDED, took);
    }

    /**
     * Whether the last answer is a success.
     *
     * @return true if it is
     */
    public boolean succeeded() {
        return reason == StopReason.SUCCEEDED;
    }

    /**
     * The decision about the last attempt.
     *
     * @return the decision, or null for a success or where no attempt was made
     */
    public @Nullable Decision decision() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).decision();
    }

    /**
     * A table for people, a line an attempt.
     *
     * @return several lines, each ended by a line feed
     */
    public String table() {
        return OutcomeText.table(this);
    }

    /**
     * One JSON object.
     *
     * @return the object on one line
     */
    public String json() {
        return OutcomeText.json(this);
    }

    @Override
    public String toString() {
        return OutcomeText.line(this);
    }
}
