package dev.holdfast.core.outcome;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.ServiceError;
import java.util.Objects;

/**
 * A call ended with an answer that is no success. Its message names status, code, the vendor's sentence, the advice and the request ids,
 * never a header, a body, or a text that is no document of a known shape. Java serialisation keeps decision, outcome and error.
 */
public final class ServiceException extends HoldfastException {
    private static final long serialVersionUID = 1;

    /** The answer's HTTP status. */
    private final int status;

    /** Returned by {@link #decision()}. */
    private final Decision decision;

    /** Returned by {@link #outcome()}. */
    private final Outcome outcome;

    /**
     * An exception for the last answer of a call.
     *
     * @param status the answer's HTTP status
     * @param decision what it means
     * @param outcome what the call went through
     */
    public ServiceException(int status, Decision decision, Outcome outcome) {
        super(message(status, decision, outcome));
        this.status = status;
        this.decision = Objects.requireNonNull(decision, "decision must not be null");
        this.outcome = Objects.requireNonNull(outcome, "outcome must not be null");
    }

    private static String message(int status, Decision decision, Outcome outcome) {
        ServiceError error = decision.error();
        StringBuilder out =
                new StringBuilder(outcome.service()).append(" answered ").append(status);
        if (error.code() != null) {
            out.append(' ').append(error.code());
        }
        // A body that is no document may be a token, or hold one.
        if (error.message() != null && error.parsed()) {
            out.append(": ").append(error.message());
        }
        out.append(" [")
                .append(decision.verdict().id())
                .append(", ")
                .append(decision.kind().id());
        out.append(", stopped: ").append(outcome.reason().id()).append("] ");
        String why = OutcomeText.sentence(outcome.reason());
        out.append(why.isEmpty() ? "" : why + " ").append(decision.advice());
        error.requestIds()
                .forEach((name, id) -> out.append(' ').append(name).append('=').append(id));
        return out.toString();
    }

    /**
     * The answer's HTTP status.
     *
     * @return the status
     */
    public int status() {
        return status;
    }

    /**
     * What the answer says.
     *
     * @return the error
     */
    public ServiceError error() {
        return decision.error();
    }

    /**
     * What it means.
     *
     * @return the decision
     */
    public Decision decision() {
        return decision;
    }

    /**
     * What the call went through.
     *
     * @return the outcome
     */
    @Override
    public Outcome outcome() {
        return outcome;
    }
}
