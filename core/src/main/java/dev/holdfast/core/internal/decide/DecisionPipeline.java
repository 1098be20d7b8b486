package dev.holdfast.core.internal.decide;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.BodyParser;
import dev.holdfast.core.spi.ForeignCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what an answer means, the most particular knowledge first: the user's rules, the veto for foreign answers, the catalogue (row;
 * status and code; code and message; code pattern; status), the general table. The word "retry" in a text decides nothing. Immutable.
 */
public final class DecisionPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionPipeline.class);

    private final String service;
    private final List<Rule> rules;
    private final BodyParser parser;
    private final ForeignCheck foreign;
    private final Catalogue catalogue;

    /**
     * A classifier.
     *
     * @param service the service's id
     * @param rules the user's rules in their order
     * @param parser the vendor's body parser
     * @param foreign the veto for foreign answers
     * @param catalogue the vendor's table
     */
    public DecisionPipeline(
            String service, List<Rule> rules, BodyParser parser, ForeignCheck foreign, Catalogue catalogue) {
        this.service = service;
        this.rules = List.copyOf(rules);
        this.parser = parser;
        this.foreign = foreign;
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
                : new DecisionPipeline(service, userRules, parser, foreign, catalogue);
    }

    /**
     * Reads an answer's body.
     *
     * @param answer the answer
     * @return what it says; a parser that throws has read nothing
     */
    public ServiceError read(ResponseView answer) {
        try {
            ServiceError read = parser.parse(answer);
            return read == null ? ServiceError.none() : read;
        } catch (RuntimeException e) {
            LOG.warn(
                    "The body parser of {} threw {}; the status decides",
                    service,
                    e.getClass().getName());
            return ServiceError.none();
        }
    }

    /**
     * Decides.
     *
     * @param answer the answer
     * @param error what it says
     * @param operation the operation's id, or null where it is not known
     * @param request the request, or null where it is not known
     * @return the decision, without a retry-after
     */
    public Decision decide(
            ResponseView answer, ServiceError error, @Nullable String operation, @Nullable RequestView request) {
        for (Rule rule : rules) {
            Decision decided = rule.decide(answer.status(), error, operation, request);
            if (decided != null) {
                return decided;
            }
        }
        ForeignCheck.Foreign stranger = foreign.check(answer, error, request);
        if (stranger != null) {
            return stranger.decide(service, error);
        }
        Decision found = catalogue.find(answer, error, operation);
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
