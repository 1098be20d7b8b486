package dev.holdfast.core.decision;

import dev.holdfast.core.internal.text.StatusMatch;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ServiceError;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user's own row: it is asked before the vendor's catalogue. Immutable.
 *
 * <pre>{@code
 * Rule.on(404).message("No load balancer metadata is found{rest}").retry(ErrorKind.NOT_CONFIGURED, Pace.STARTUP)
 * }</pre>
 */
public final class Rule {
    private static final String SOURCE = "the caller's own rule";

    /** THROTTLED is what a peer says over HTTP/2 by ENHANCE_YOUR_CALM. */
    private static final Set<ErrorKind> OF_FAULTS = EnumSet.of(
            ErrorKind.THROTTLED,
            ErrorKind.UNAVAILABLE,
            ErrorKind.INVALID_REQUEST,
            ErrorKind.INTERMEDIARY,
            ErrorKind.UNREACHABLE,
            ErrorKind.UNKNOWN);

    private final @Nullable String name;
    private final RuleMatch match;
    private final Verdict verdict;
    private final ErrorKind kind;
    private final @Nullable Processed processed;
    private final @Nullable String advice;

    private Rule(
            @Nullable String name,
            RuleMatch match,
            Verdict verdict,
            ErrorKind kind,
            @Nullable Processed processed,
            @Nullable String advice) {
        this.name = name;
        this.match = match;
        this.verdict = verdict;
        this.kind = kind;
        this.processed = processed;
        this.advice = advice;
    }

    /**
     * Returns this rule under a name.
     *
     * @param value appears in decisions as {@code user/name}
     * @return a copy
     * @throws IllegalArgumentException if the name is blank
     */
    public Rule named(String value) {
        return new Rule(RuleConditions.required("name", value), match, verdict, kind, processed, advice);
    }

    /**
     * Returns the name that appears in decisions.
     *
     * @return the name, or null for a rule that has none yet
     */
    public @Nullable String name() {
        return name;
    }

    /**
     * Returns the operation that the rule is about.
     *
     * @return the operation's id, or null for any
     */
    public @Nullable String operation() {
        return match.operation();
    }

    /**
     * Tells whether the rule is about responses of a 2xx status alone. Those are looked into for some operations only.
     *
     * @return true if no other response and no fault matches
     */
    public boolean isAboutSuccesses() {
        return match.fault() == null
                && match.status().low() >= 200
                && match.status().high() <= 299;
    }

    /**
     * A rule for one status.
     *
     * @param status 100 to 999
     * @return the condition, to be narrowed and ended by a verdict
     * @throws IllegalArgumentException if the status is out of range
     */
    public static Condition on(int status) {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status must be 100 to 999, but is " + status);
        }
        return new Condition(StatusMatch.exactly(status), null);
    }

    /**
     * A rule for any status.
     *
     * @return the condition, to be narrowed and ended by a verdict
     */
    public static Condition onAny() {
        return new Condition(StatusMatch.ANY, null);
    }

    /**
     * A rule for transport faults that got this kind, such as {@link ErrorKind#UNREACHABLE}.
     *
     * @param fault the kind that the fault would have without the rule
     * @return the condition, to be narrowed and ended by a verdict
     * @throws IllegalArgumentException if no transport fault has that kind
     */
    public static Condition onFault(ErrorKind fault) {
        if (!OF_FAULTS.contains(Objects.requireNonNull(fault, "fault must not be null"))) {
            throw new IllegalArgumentException("fault must be a kind of transport faults, one of " + OF_FAULTS
                    + ", but is " + fault + ", which responses have: use on(status) or onAny()");
        }
        return new Condition(StatusMatch.ANY, fault);
    }

    /**
     * Decides about a response.
     *
     * @param status the response's status
     * @param error what the response says
     * @param operation the operation's id, or null where it is not known
     * @param request the request, or null where it is not known
     * @return the decision, or null if this rule is not about the response
     */
    public Decision.@Nullable Draft decide(
            int status, ServiceError error, @Nullable String operation, @Nullable RequestView request) {
        if (!match.matchesResponse(status, error, operation, request)) {
            return null;
        }
        Processed known = processed == null ? Processed.UNKNOWN : processed;
        return decision(known, "A rule of the caller decided this.").draft().capturing(match.captured(error));
    }

    /**
     * Decides about an attempt without a response. What is known of the fault stays: whether the server acted, and the advice if the rule has none.
     *
     * @param usual the decision without this rule
     * @param operation the operation's id, or null where it is not known
     * @param request the request, or null where it is not known
     * @return the decision, or null if this rule is not about the fault
     */
    public @Nullable Decision decideFault(Decision usual, @Nullable String operation, @Nullable RequestView request) {
        return match.matchesFault(usual.kind(), operation, request)
                ? decision(processed == null ? usual.processed() : processed, usual.advice())
                : null;
    }

    private Decision decision(Processed known, String otherAdvice) {
        String sentence = advice == null ? otherAdvice : advice;
        return Decision.of(verdict, kind, "user/" + name, sentence, SOURCE).withProcessed(known);
    }

    /** What a rule looks at. Every method narrows it and returns the same object; a verdict ends it. Not safe for several threads. */
    public static final class Condition extends RuleConditions {
        private Condition(StatusMatch status, @Nullable ErrorKind fault) {
            super(status, fault);
        }

        @Override
        Condition self() {
            return this;
        }

        /**
         * Come back at the kind's own pace.
         *
         * @param kind why
         * @return the rule
         */
        public Rule retry(ErrorKind kind) {
            return retry(kind, known(kind).pace());
        }

        /**
         * Come back.
         *
         * @param kind why
         * @param pace how fast
         * @return the rule
         */
        public Rule retry(ErrorKind kind, Pace pace) {
            return rule(Verdict.retry(pace), kind);
        }

        /**
         * Give up.
         *
         * @param kind why
         * @return the rule
         */
        public Rule fail(ErrorKind kind) {
            return rule(Verdict.fail(), kind);
        }

        /**
         * Renew something and come back once.
         *
         * @param what what to renew
         * @return the rule
         */
        public Rule reauthenticate(Verdict.Renewal what) {
            Objects.requireNonNull(what, "what must not be null");
            ErrorKind kind = what == Verdict.Renewal.CREDENTIAL ? ErrorKind.UNAUTHENTICATED : ErrorKind.EXPIRED;
            return rule(Verdict.reauthenticate(what), kind);
        }

        /** The caller may go on narrowing the condition for another rule, so the rule gets a copy. */
        private Rule rule(Verdict verdict, ErrorKind kind) {
            return new Rule(null, match(), verdict, known(kind), processed, advice);
        }

        private static ErrorKind known(ErrorKind kind) {
            return Objects.requireNonNull(kind, "kind must not be null");
        }
    }
}
