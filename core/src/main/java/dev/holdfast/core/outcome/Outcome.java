package dev.holdfast.core.outcome;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.internal.outcome.OutcomeSuppressed;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a call and why there was no further one; the same shape for a response, an exception and every adapter. Immutable.
 *
 * <p>{@link #toString()} is one line for an operator: service and operation, how it ended, how many attempts in which time, then each
 * attempt as {@code status kind retry-after +wait}, the retry-after only where the server gave one, and the advice where it did not succeed:
 *
 * <pre>azure/imds instance: succeeded after 3 attempts in 20.4s [410 updating +9.8s, 410 updating +10.0s, 200]</pre>
 */
public final class Outcome implements Serializable {
    private static final long serialVersionUID = 1;

    /** Returned by {@link #service()}. */
    private final String service;
    /** Returned by {@link #operation()}. */
    private final String operation;
    /** Returned by {@link #attempts()}. */
    private final List<Attempt> attempts;
    /** Returned by {@link #reason()}. */
    private final StopReason reason;
    /** Returned by {@link #total()}. */
    private final Duration total;

    private Outcome(String service, String operation, List<Attempt> attempts, StopReason reason, Duration total) {
        this.service = Objects.requireNonNull(service, "service must not be null");
        this.operation = Objects.requireNonNull(operation, "operation must not be null");
        this.attempts = List.copyOf(attempts);
        this.reason = Objects.requireNonNull(reason, "reason must not be null");
        this.total = Objects.requireNonNull(total, "total must not be null");
    }

    /**
     * The outcome of a call that made no attempt and took no time.
     *
     * @param service the service's id
     * @param operation the operation's id
     * @param reason why there was no further attempt
     * @return the outcome
     */
    public static Outcome of(String service, String operation, StopReason reason) {
        return new Outcome(service, operation, List.of(), reason, Duration.ZERO);
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
            Outcome last = null;
            for (Throwable suppressed : t.getSuppressed()) {
                if (suppressed instanceof OutcomeSuppressed history) {
                    last = (Outcome) history.outcome();
                }
            }
            if (last != null) {
                return last;
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
        Attempt only = Attempt.answered(1, Duration.ZERO, took, status);
        return new Outcome(service, operation, List.of(only), StopReason.SUCCEEDED, took);
    }

    /**
     * The same with other attempts.
     *
     * @param newAttempts the attempts in order
     * @return a copy
     */
    public Outcome withAttempts(List<Attempt> newAttempts) {
        return new Outcome(service, operation, newAttempts, reason, total);
    }

    /**
     * The same with another duration.
     *
     * @param newTotal how long the call took
     * @return a copy
     */
    public Outcome withTotal(Duration newTotal) {
        return new Outcome(service, operation, attempts, reason, newTotal);
    }

    /**
     * The service that was called.
     *
     * @return its id
     */
    public String service() {
        return service;
    }

    /**
     * The operation that the request was recognised as.
     *
     * @return its id
     */
    public String operation() {
        return operation;
    }

    /**
     * The attempts in order.
     *
     * @return an unmodifiable list; empty where none was made
     */
    public List<Attempt> attempts() {
        return attempts;
    }

    /**
     * Why there was no further attempt.
     *
     * @return the reason
     */
    public StopReason reason() {
        return reason;
    }

    /**
     * How long the call took.
     *
     * @return the time
     */
    public Duration total() {
        return total;
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
    public boolean equals(@Nullable Object other) {
        return other instanceof Outcome that
                && service.equals(that.service)
                && operation.equals(that.operation)
                && attempts.equals(that.attempts)
                && reason == that.reason
                && total.equals(that.total);
    }

    @Override
    public int hashCode() {
        return Objects.hash(service, operation, attempts, reason, total);
    }

    @Override
    public String toString() {
        return OutcomeText.line(this);
    }
}
