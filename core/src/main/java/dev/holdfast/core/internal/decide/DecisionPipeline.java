package dev.holdfast.core.internal.decide;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Decision.Draft;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.ErrorDialect.Context;
import dev.holdfast.core.spi.ErrorDialect.Intermediary;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a response means: parse, request ids, the user's rules, the intermediary, the catalogue, the status, retry-after. The most particular
 * knowledge comes first, and the word "retry" in a text decides nothing. Error and decision are made once, when all steps are done. Immutable.
 */
public final class DecisionPipeline {
    /** Passing, because a login page or the page of a gateway may go; attempts bound the retries. */
    private static final ErrorDialect.Intermediary PAGE = ErrorDialect.Intermediary.retry(
            "page",
            "A page for people came with a success in the place of a document: look for a login page, a firewall or a proxy on the way.",
            "field reports of FortiGate and captive portals, 2026-11");

    private final String service;
    private final List<String> requestIdHeaders;
    private final GuardedDialect dialect;
    private final List<Rule> rules;
    private final Catalogue catalogue;

    /**
     * A pipeline without a user's rules.
     *
     * @param service the service's id
     * @param requestIdHeaders the headers that hold request ids, in the order of their worth
     * @param dialect what the vendor tells about its responses
     * @param catalogue the vendor's table
     */
    public DecisionPipeline(String service, List<String> requestIdHeaders, ErrorDialect dialect, Catalogue catalogue) {
        this(service, requestIdHeaders, new GuardedDialect(service, dialect), List.of(), catalogue);
    }

    private DecisionPipeline(
            String service,
            List<String> requestIdHeaders,
            GuardedDialect dialect,
            List<Rule> rules,
            Catalogue catalogue) {
        this.service = service;
        this.requestIdHeaders = List.copyOf(requestIdHeaders);
        this.dialect = dialect;
        this.rules = List.copyOf(rules);
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
                : new DecisionPipeline(service, requestIdHeaders, dialect, userRules, catalogue);
    }

    /**
     * Decides what a response means.
     *
     * @param response the response, of any status: it is read as an error
     * @param operation the operation's id, or null where it is not known
     * @return the decision; a retry has the server's retry-after
     */
    public Decision decide(Context response, @Nullable String operation) {
        return decided(response.about(parse(response)), operation);
    }

    /**
     * Looks into a success.
     *
     * @param response the response, of a 2xx status
     * @param operation the operation's id, or null where it is not known
     * @return what the failure behind it means, or empty for a success
     */
    public Optional<Decision> inspect(Context response, @Nullable String operation) {
        ServiceError failure = dialect.failure(response);
        return failure == null ? Optional.empty() : Optional.of(decided(response.about(failure), operation));
    }

    /**
     * Looks whether a page stands in the place of a document: a login page and a firewall's come with 200.
     *
     * @param response the response, of a 2xx status
     * @return a failure by an intermediary, or empty where the response is no page
     */
    public Optional<Decision> page(Context response) {
        if (!Document.isPage(response.response())) {
            return Optional.empty();
        }
        Context read = response.about(parse(response));
        // What a proxy sends with a success may pass. Another cloud stays.
        Draft known = ErrorDialect.otherCloud(response.response()) == null ? null : byIntermediary(read);
        Draft draft = known != null ? known : PAGE.decide(service);
        return Optional.of(draft.about(read.error(), requestIds(read), null));
    }

    /**
     * Decides about an attempt that got no response.
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

    /**
     * Reads the server's own time. A dialect may take it from the sentence of the error, so the error is read first; its body is parsed already.
     *
     * @param response the response
     * @return the time, or null where the response does not tell it
     */
    public @Nullable Instant serverTime(Context response) {
        return dialect.serverTime(response.about(parse(response)));
    }

    /**
     * Tells whether the service can be told by its mark alone.
     *
     * @return true if a response without the mark is another's
     */
    public boolean isMarked() {
        return dialect.isMarked();
    }

    /**
     * Recognises the service itself.
     *
     * @param response the response to a probe
     * @return whether it has a mark of the service's own
     */
    public boolean recognises(Context response) {
        return dialect.recognises(response);
    }

    /**
     * Names what the vendor throttles together with a request.
     *
     * @param request the request
     * @param principal names who asks; empty without credentials
     * @return the scope; empty for the whole host
     */
    public String throttleScope(RequestView request, String principal) {
        return dialect.throttleScope(request, principal);
    }

    /** The steps after the body was read. The first that knows the response decides. */
    Decision decided(Context read, @Nullable String operation) {
        Map<String, String> ids = requestIds(read);
        Draft draft = byRules(read, operation);
        draft = draft != null ? draft : byIntermediary(read);
        boolean byService = draft == null;
        draft = draft != null ? draft : byCatalogue(read, operation);
        draft = draft != null ? draft : byStatus(read);
        Decision decision = draft.about(read.error(), ids, retryAfter(draft, read));
        return byService && StatedWait.isIn(decision, read)
                ? StatedWait.believed(decision, dialect.retryAfter(read))
                : decision;
    }

    private ServiceError parse(Context response) {
        return dialect.error(response);
    }

    /** Adds the ids of the headers to those of the body. */
    private Map<String, String> requestIds(Context read) {
        Map<String, String> ofBody = read.error().requestIds();
        Map<String, String> all = null;
        for (String header : requestIdHeaders) {
            String value = read.response().headers().first(header);
            if (value != null && !value.isBlank()) {
                all = all == null ? new LinkedHashMap<>(ofBody) : all;
                all.putIfAbsent(header, value.strip());
            }
        }
        return all == null ? ofBody : all;
    }

    private @Nullable Draft byRules(Context read, @Nullable String operation) {
        for (Rule rule : rules) {
            Draft decided = rule.decide(read.response().status(), read.error(), operation, read.request());
            if (decided != null) {
                return decided;
            }
        }
        return null;
    }

    private @Nullable Draft byIntermediary(Context read) {
        Intermediary intermediary = dialect.intermediary(read);
        return intermediary == null ? null : intermediary.decide(service);
    }

    private @Nullable Draft byCatalogue(Context read, @Nullable String operation) {
        int status = read.response().status();
        return catalogue.find(status, read.error().message(), dialect.catalogueCode(read), operation);
    }

    private static Draft byStatus(Context read) {
        return DefaultStatusRules.decide(read.response().status());
    }

    private @Nullable Duration retryAfter(Draft draft, Context read) {
        return draft.verdict() instanceof Verdict.Retry ? dialect.retryAfter(read) : null;
    }
}
