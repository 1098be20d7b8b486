package dev.holdfast.core.internal.decide;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.ErrorDialect.Context;
import dev.holdfast.core.spi.ErrorDialect.Intermediary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an answer means, the most particular knowledge first: the user's rules, the intermediary, the catalogue (row;
 * status and code; code and message; code pattern; status), the general table. The word "retry" in a text decides nothing. Immutable.
 */
public final class DecisionPipeline {
    private final String service;
    private final List<Rule> rules;
    private final GuardedDialect dialect;
    private final Catalogue catalogue;

    /**
     * A pipeline without a user's rules.
     *
     * @param service the service's id
     * @param dialect what the vendor tells about its responses
     * @param catalogue the vendor's table
     */
    public DecisionPipeline(String service, ErrorDialect dialect, Catalogue catalogue) {
        this(service, List.of(), new GuardedDialect(service, dialect), catalogue);
    }

    private DecisionPipeline(String service, List<Rule> rules, GuardedDialect dialect, Catalogue catalogue) {
        this.service = service;
        this.rules = List.copyOf(rules);
        this.dialect = dialect;
        this.catalogue = catalogue;
    }

    /**
     * The same with the user's rules.
     *
     * @param userRules rules in their order
     * @return a copy
     */
    public DecisionPipeline withRules(List<Rule> userRules) {
        return userRules.isEmpty() && rules.isEmpty()
                ? this
                : new DecisionPipeline(service, userRules, dialect, catalogue);
    }

    /**
     * Reads an answer's body.
     *
     * @param context the answer
     * @return what it says; a dialect that throws has read nothing
     */
    public ServiceError read(Context context) {
        return dialect.error(context);
    }

    /**
     * Looks into a success.
     *
     * @param context the answer, of a 2xx status
     * @return the error behind it, or null
     */
    public @Nullable ServiceError failure(Context context) {
        return dialect.failure(context);
    }

    /**
     * Decides.
     *
     * @param context the answer
     * @param error what it says
     * @param operation the operation's id, or null where it is not known
     * @return the decision; a retry has the server's retry-after
     */
    public Decision decide(Context context, ServiceError error, @Nullable String operation) {
        Decision decision = decided(context, error, operation);
        return decision.verdict() instanceof Verdict.Retry retry
                ? decision.withVerdict(Verdict.retry(retry.pace(), dialect.retryAfter(context, error)))
                : decision;
    }

    private Decision decided(Context context, ServiceError error, @Nullable String operation) {
        ResponseView answer = context.response();
        for (Rule rule : rules) {
            Decision decided = rule.decide(answer.status(), error, operation, context.request());
            if (decided != null) {
                return decided;
            }
        }
        Intermediary intermediary = dialect.intermediary(context, error);
        if (intermediary != null) {
            return intermediary.decide(service, error);
        }
        Decision found = catalogue.find(answer, error, dialect.catalogueCode(context, error), operation);
        return found != null ? found : DefaultStatusRules.decide(answer.status(), error);
    }

    /**
     * Decides about an attempt that got no answer.
     *
     * @param fault what the transport threw
     * @param operation the operation's id, or null where it is not known
     * @param request the request, or null where it is not known
     * @return the decision, without a retry-after
     */
    public Decision decide(Throwable fault, @Nullable String operation, @Nullable RequestView request) {
        Decision usual = TransportFaultRules.decide(fault);
        for (Rule rule : rules) {
            Decision decided = rule.decideFault(usual, operation, request);
            if (decided != null) {
                return decided;
            }
        }
        return usual;
    }
}
