package dev.holdfast.core.decision;

import dev.holdfast.core.response.ServiceError;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to do about an answer and why. Immutable.
 */
public final class Decision implements Serializable {
    private static final long serialVersionUID = 1;

    /** Returned by {@link #verdict()}. */
    private final Verdict verdict;
    /** Returned by {@link #kind()}. */
    private final ErrorKind kind;
    /** Returned by {@link #processed()}. */
    private final Processed processed;
    /** Returned by {@link #rule()}. */
    private final String rule;
    /** Returned by {@link #advice()}. */
    private final String advice;
    /** Returned by {@link #source()}. */
    private final String source;
    /** Returned by {@link #error()}. */
    private final ServiceError error;

    Decision(
            Verdict verdict,
            ErrorKind kind,
            Processed processed,
            String rule,
            String advice,
            String source,
            ServiceError error) {
        this.verdict = Objects.requireNonNull(verdict, "verdict must not be null");
        this.kind = Objects.requireNonNull(kind, "kind must not be null");
        this.processed = Objects.requireNonNull(processed, "processed must not be null");
        this.rule = Objects.requireNonNull(rule, "rule must not be null");
        this.advice = Objects.requireNonNull(advice, "advice must not be null");
        this.source = Objects.requireNonNull(source, "source must not be null");
        this.error = Objects.requireNonNull(error, "error must not be null");
    }

    /**
     * A decision about a response that says nothing, and without knowing whether the server acted on the request.
     *
     * @param verdict retry, fail or reauthenticate
     * @param kind why
     * @param rule the id of what decided, such as {@code azure/imds/lb-not-available}
     * @param advice one sentence for an operator
     * @param source where the rule comes from: document and date
     * @return the decision
     */
    public static Decision of(Verdict verdict, ErrorKind kind, String rule, String advice, String source) {
        return new Decision(verdict, kind, Processed.UNKNOWN, rule, advice, source, ServiceError.none());
    }

    /**
     * What to do.
     *
     * @return retry, fail or reauthenticate, with what belongs to it
     */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * Why.
     *
     * @return the kind
     */
    public ErrorKind kind() {
        return kind;
    }

    /**
     * Whether the server surely did nothing.
     *
     * @return yes, no or unknown
     */
    public Processed processed() {
        return processed;
    }

    /**
     * What decided.
     *
     * @return its id, such as {@code azure/imds/lb-not-available}
     */
    public String rule() {
        return rule;
    }

    /**
     * What an operator should do.
     *
     * @return one sentence
     */
    public String advice() {
        return advice;
    }

    /**
     * Where the rule comes from.
     *
     * @return document and date
     */
    public String source() {
        return source;
    }

    /**
     * What the answer said.
     *
     * @return the error
     */
    public ServiceError error() {
        return error;
    }

    /**
     * Whether the call should be repeated as it is.
     *
     * @return true for a retry
     */
    public boolean isRetry() {
        return verdict instanceof Verdict.Retry;
    }

    /**
     * How fast to come back.
     *
     * @return the pace of the verdict, or empty unless it is a retry
     */
    public Optional<Pace> pace() {
        return verdict instanceof Verdict.Retry retry ? Optional.of(retry.pace()) : Optional.empty();
    }

    /**
     * The server's own word on when to come back.
     *
     * @return what stands in the verdict; empty unless it is a retry of which the server said when
     */
    public Optional<Duration> retryAfter() {
        return verdict instanceof Verdict.Retry retry ? retry.after() : Optional.empty();
    }

    /**
     * Makes a draft of this decision, which can be finished for any response.
     *
     * @return a draft without this decision's error
     */
    public Draft draft() {
        return new Draft(this, Map.of());
    }

    /**
     * The same with another verdict.
     *
     * @param newVerdict retry, fail or reauthenticate
     * @return this or a copy
     */
    public Decision withVerdict(Verdict newVerdict) {
        return verdict.equals(newVerdict)
                ? this
                : new Decision(newVerdict, kind, processed, rule, advice, source, error);
    }

    /**
     * Returns the same decision with other advice.
     *
     * @param newAdvice one or more sentences for an operator
     * @return a copy
     */
    public Decision withAdvice(String newAdvice) {
        return new Decision(verdict, kind, processed, rule, newAdvice, source, error);
    }

    /**
     * The same with what is known of the server's doing.
     *
     * @param newProcessed whether the server acted on the request
     * @return a copy
     */
    public Decision withProcessed(Processed newProcessed) {
        return new Decision(verdict, kind, newProcessed, rule, advice, source, error);
    }

    /**
     * The same about another error.
     *
     * @param newError what the answer said
     * @return this or a copy
     */
    public Decision withError(ServiceError newError) {
        return error.equals(newError) ? this : new Decision(verdict, kind, processed, rule, advice, source, newError);
    }

    /**
     * A decision that is not yet about a response: what a rule, an intermediary, a row or a status says. Drafts let a response's error and decision be
     * made once, when all is known that belongs into them. Immutable.
     */
    public static final class Draft {
        private final Decision decision;
        private final Map<String, String> captured;

        private Draft(Decision decision, Map<String, String> captured) {
            this.decision = decision;
            this.captured = captured;
        }

        /**
         * Returns the verdict.
         *
         * @return retry, fail or reauthenticate, without a retry-after
         */
        public Verdict verdict() {
            return decision.verdict;
        }

        /**
         * Returns the draft with what a template captured from the response's message.
         *
         * @param values values by name
         * @return a copy
         */
        public Draft capturing(Map<String, String> values) {
            return new Draft(decision, values);
        }

        /**
         * Makes the decision about a response.
         *
         * @param error what the response says
         * @return the decision, without a retry-after
         */
        public Decision about(ServiceError error) {
            return about(error, error.requestIds(), null);
        }

        /**
         * Makes the decision about a response.
         *
         * @param error what the response's body says
         * @param requestIds all request ids of the response
         * @param retryAfter the server's own word on when to come back, or null; counts for a retry only
         * @return the decision
         */
        public Decision about(ServiceError error, Map<String, String> requestIds, @Nullable Duration retryAfter) {
            Verdict verdict = decision.verdict instanceof Verdict.Retry retry && retryAfter != null
                    ? Verdict.retry(retry.pace(), retryAfter)
                    : decision.verdict;
            return new Decision(
                    verdict,
                    decision.kind,
                    decision.processed,
                    decision.rule,
                    decision.advice,
                    decision.source,
                    error.with(requestIds, captured));
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Decision that
                && verdict.equals(that.verdict)
                && kind == that.kind
                && processed == that.processed
                && rule.equals(that.rule)
                && advice.equals(that.advice)
                && source.equals(that.source)
                && error.equals(that.error);
    }

    @Override
    public int hashCode() {
        return Objects.hash(verdict, kind, processed, rule, advice, source, error);
    }

    @Override
    public String toString() {
        return "Decision[verdict=" + verdict + ", kind=" + kind + ", processed="
                + processed + ", rule=" + rule + ", advice=" + advice + ", source=" + source + ", error=" + error
                + "]";
    }
}
