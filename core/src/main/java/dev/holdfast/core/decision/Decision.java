package dev.holdfast.core.decision;

import dev.holdfast.core.response.ServiceError;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
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
    /** Returned by {@link #pace()}. */
    private final @Nullable Pace pace;
    /** Returned by {@link #retryAfter()}. */
    private final @Nullable Duration retryAfter;
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
            @Nullable Pace pace,
            @Nullable Duration retryAfter,
            Processed processed,
            String rule,
            String advice,
            String source,
            ServiceError error) {
        this.verdict = Objects.requireNonNull(verdict, "verdict must not be null");
        this.kind = Objects.requireNonNull(kind, "kind must not be null");
        this.pace = !(verdict instanceof Verdict.Retry) ? null : pace == null ? kind.pace() : pace;
        this.retryAfter = retryAfter;
        this.processed = Objects.requireNonNull(processed, "processed must not be null");
        this.rule = Objects.requireNonNull(rule, "rule must not be null");
        this.advice = Objects.requireNonNull(advice, "advice must not be null");
        this.source = Objects.requireNonNull(source, "source must not be null");
        this.error = Objects.requireNonNull(error, "error must not be null");
    }

    /**
     * A decision: at the pace of its kind where it is a retry, without a retry-after, about an answer that says nothing, and without knowing whether the
     * server did something.
     *
     * @param verdict retry, fail or reauthenticate
     * @param kind why
     * @param rule the id of what decided, such as {@code azure/imds/lb-not-available}
     * @param advice one sentence for an operator
     * @param source where the rule comes from: document and date
     * @return the decision
     */
    public static Decision of(Verdict verdict, ErrorKind kind, String rule, String advice, String source) {
        return new Decision(verdict, kind, null, null, Processed.UNKNOWN, rule, advice, source, ServiceError.none());
    }

    /**
     * What to do.
     *
     * @return retry, fail or reauthenticate
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
     * How fast to come back.
     *
     * @return the pace, or null unless the verdict is a retry
     */
    public @Nullable Pace pace() {
        return pace;
    }

    /**
     * The server's own word on when to come back, validated. It is not yet capped: a policy that finds it too long ends the call.
     *
     * @return the retry-after, or null where it said nothing usable
     */
    public @Nullable Duration retryAfter() {
        return retryAfter;
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
     * The same at another pace.
     *
     * @param newPace the pace, or null for that of the kind; a verdict that is no retry has none all the same
     * @return a copy
     */
    public Decision withPace(@Nullable Pace newPace) {
        return new Decision(verdict, kind, newPace, retryAfter, processed, rule, advice, source, error);
    }

    /**
     * The same with what is known of the server's doing.
     *
     * @param newProcessed whether the server acted on the request
     * @return a copy
     */
    public Decision withProcessed(Processed newProcessed) {
        return new Decision(verdict, kind, pace, retryAfter, newProcessed, rule, advice, source, error);
    }

    /**
     * The same with the server's retry-after.
     *
     * @param newRetryAfter the retry-after, or null
     * @return this or a copy
     */
    public Decision withRetryAfter(@Nullable Duration newRetryAfter) {
        return Objects.equals(retryAfter, newRetryAfter)
                ? this
                : new Decision(verdict, kind, pace, newRetryAfter, processed, rule, advice, source, error);
    }

    /**
     * The same about another error.
     *
     * @param newError what the answer said
     * @return this or a copy
     */
    public Decision withError(ServiceError newError) {
        return error.equals(newError)
                ? this
                : new Decision(verdict, kind, pace, retryAfter, processed, rule, advice, source, newError);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Decision that
                && verdict.equals(that.verdict)
                && kind == that.kind
                && pace == that.pace
                && Objects.equals(retryAfter, that.retryAfter)
                && processed == that.processed
                && rule.equals(that.rule)
                && advice.equals(that.advice)
                && source.equals(that.source)
                && error.equals(that.error);
    }

    @Override
    public int hashCode() {
        return Objects.hash(verdict, kind, pace, retryAfter, processed, rule, advice, source, error);
    }

    @Override
    public String toString() {
        return "Decision[verdict=" + verdict + ", kind=" + kind + ", pace=" + pace + ", retryAfter=" + retryAfter
                + ", processed="
                + processed + ", rule=" + rule + ", advice=" + advice + ", source=" + source + ", error=" + error
                + "]";
    }
}
