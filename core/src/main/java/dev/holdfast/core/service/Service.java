package dev.holdfast.core.service;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.internal.decide.DecisionPipeline;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint family with its own error language. It needs no network to decide: {@link #decide(ResponseView)} serves those who keep
 * their own client and only want the reading. Immutable and safe for several threads.
 */
public final class Service extends ServiceFacts {
    private final ErrorDialect dialect;
    private final DecisionPipeline pipeline;

    private Service(Builder builder) {
        super(builder);
        this.dialect = builder.dialect;
        this.pipeline = new DecisionPipeline(id(), builder.requestIdHeaders, dialect, catalogue());
    }

    private Service(Service from, DecisionPipeline pipeline) {
        super(from);
        this.dialect = from.dialect;
        this.pipeline = pipeline;
    }

    /**
     * Starts a service.
     *
     * @param id vendor and name, such as {@code azure/imds}
     * @return a new builder
     * @throws IllegalArgumentException if the id is not of that form
     */
    public static Builder builder(String id) {
        if (id == null || !id.matches("[a-z0-9-]+/[a-z0-9-]+")) {
            throw new IllegalArgumentException(
                    "id must be vendor/name in lower case, such as azure/imds, but is \"" + id + "\"");
        }
        return new Builder(id);
    }

    /**
     * Decides what an answer means where the request is not known.
     *
     * @param answer the answer, of any status: it is read as an error
     * @return the decision
     */
    public Decision decide(ResponseView answer) {
        return decide(answer, null, TimeSource.system().now());
    }

    /**
     * Decides what an answer means.
     *
     * @param answer the answer, of any status: it is read as an error
     * @param request the request that it answers
     * @return the decision
     */
    public Decision decide(ResponseView answer, RequestView request) {
        return decide(answer, request, TimeSource.system().now());
    }

    /**
     * Decides what a response means at a given time.
     *
     * @param answer the response, of any status: it is read as an error
     * @param request the request that it answers, or null where it is not known
     * @param now the wall clock's time, from which an absolute retry-after counts
     * @return the decision
     */
    public Decision decide(ResponseView answer, @Nullable RequestView request, Instant now) {
        return pipeline.decide(ErrorDialect.Context.of(answer, request, now), operationId(request));
    }

    /**
     * Decides what a transport fault means, without knowing the request.
     *
     * @param fault what an HTTP client threw; the wrappers of futures and streams ({@link java.util.concurrent.CompletionException}, {@link
     *     java.util.concurrent.ExecutionException}, {@link java.io.UncheckedIOException}) are looked into
     * @return the decision; a failure for a cancel
     */
    public Decision decide(Throwable fault) {
        return decide(fault, null);
    }

    /**
     * Decides what a transport fault means.
     *
     * @param fault what the client threw
     * @param request the request, or null where it is not known
     * @return the decision
     */
    public Decision decide(Throwable fault, @Nullable RequestView request) {
        return pipeline.decide(fault, operationId(request), request);
    }

    /**
     * Looks into a success.
     *
     * @param answer the response, of a 2xx status
     * @param request the request that it answers
     * @return what the failure behind it means, or empty if it is a success, as for every operation that is not known for them
     */
    public Optional<Decision> inspect(ResponseView answer, RequestView request) {
        return inspect(answer, request, TimeSource.system().now());
    }

    /**
     * Looks into a success at a given time.
     *
     * @param answer the response, of a 2xx status
     * @param request the request that it answers
     * @param now the wall clock's time, from which an absolute retry-after counts
     * @return what the failure behind it means, or empty if it is a success
     */
    public Optional<Decision> inspect(ResponseView answer, RequestView request, Instant now) {
        Operation operation = declared(request);
        ErrorDialect.Context context = ErrorDialect.Context.of(answer, request, now);
        Optional<Decision> failure = operation != null && operation.inspectSuccess()
                ? pipeline.inspect(context, operation.id())
                : Optional.empty();
        return failure.isPresent() || !linkLocal() ? failure : pipeline.page(context);
    }

    /**
     * Reads the server's own time from a response.
     *
     * @param answer the response
     * @param request the request that it answers, or null where it is not known
     * @param now the wall clock's time
     * @return the time, or null where the response does not tell it
     */
    public @Nullable Instant serverTime(ResponseView answer, @Nullable RequestView request, Instant now) {
        return pipeline.serverTime(ErrorDialect.Context.of(answer, request, now));
    }

    /**
     * Tells whether the service can be told by its mark alone.
     *
     * @return true if a response to a probe without the mark is another's
     */
    public boolean isMarked() {
        return pipeline.isMarked();
    }

    /**
     * Recognises this service by its own mark.
     *
     * @param answer the response, of any status
     * @param request the request that it answers, or null where it is not known
     * @param now the wall clock's time
     * @return true if no other service and no intermediary gives such a response; false where the dialect knows no mark
     */
    public boolean recognises(ResponseView answer, @Nullable RequestView request, Instant now) {
        return pipeline.recognises(ErrorDialect.Context.of(answer, request, now));
    }

    /**
     * Names what the vendor throttles together with a request, as {@link ErrorDialect#throttleScope} says.
     *
     * @param request the request
     * @param principal names who asks; empty without credentials
     * @return the scope; empty for the whole host
     */
    public String throttleScope(RequestView request, String principal) {
        return pipeline.throttleScope(request, principal);
    }

    /**
     * Returns this service with rules that are asked before the vendor's catalogue.
     *
     * @param rules rules in their order, each with a name
     * @return a copy, or this service if there are no rules
     * @throws IllegalArgumentException if a rule has no name
     */
    public Service withRules(List<Rule> rules) {
        for (Rule rule : rules) {
            if (rule.name() == null) {
                throw new IllegalArgumentException(
                        "rules must have names, but one has none; give it one with Rule.named");
            }
        }
        return rules.isEmpty() ? this : new Service(this, pipeline.withRules(rules));
    }

    private @Nullable String operationId(@Nullable RequestView request) {
        if (request == null) {
            return null;
        }
        Operation operation = declared(request);
        return operation == null ? null : operation.id();
    }

    /**
     * The operation that a request belongs to.
     *
     * @param request the request
     * @return the first that recognises it, or the general one
     */
    public Operation operation(RequestView request) {
        Operation operation = declared(request);
        return operation == null ? Operation.other(request.method()) : operation;
    }

    /**
     * Whether a request belongs to an operation of its own.
     *
     * @param request the request
     * @return false if only the general operation is left for it
     */
    public boolean declares(RequestView request) {
        return declared(request) != null;
    }

    private @Nullable Operation declared(RequestView request) {
        for (Operation operation : operations()) {
            if (operation.matches(request)) {
                return operation;
            }
        }
        return null;
    }

    /**
     * What the vendor tells about its responses.
     *
     * @return the dialect, as it was given: its methods may throw
     */
    public ErrorDialect dialect() {
        return dialect;
    }

    @Override
    public String toString() {
        return "Service[" + id() + "]";
    }

    /** Collects what makes a service. Not safe for several threads. */
    public static final class Builder extends ServiceSettings<Builder> {
        private Builder(String id) {
            super(id);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Makes the service.
         *
         * @return the service
         * @throws NullPointerException if the base address is missing
         */
        public Service build() {
            return new Service(this);
        }
    }
}
