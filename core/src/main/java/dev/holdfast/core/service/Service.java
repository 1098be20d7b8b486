package dev.holdfast.core.service;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.internal.decide.DecisionPipeline;
import dev.holdfast.core.internal.text.Endpoints;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint family with its own error language. It needs no network to decide: {@link #decide(ResponseView)} serves those who keep
 * their own client and only want the reading. Immutable and safe for several threads.
 */
public final class Service {
    private final String id;
    private final URI baseUrl;
    private final Set<String> hosts;
    private final boolean linkLocal;
    private final List<Operation> operations;
    private final Map<String, String> requiredHeaders;
    private final Set<String> forbiddenHeaders;
    private final List<String> requestIdHeaders;
    private final Catalogue catalogue;
    private final ErrorDialect dialect;
    private final RetryPolicy policy;
    private final Map<Pace, Duration> leastPatience;
    private final Map<String, Limits> limiters;
    private final String probePath;
    private final DecisionPipeline classifier;

    private Service(Builder builder) {
        this.id = builder.id;
        this.baseUrl = Objects.requireNonNull(builder.baseUrl, "baseUrl must be set");
        Set<String> allowed = new LinkedHashSet<>(builder.hosts);
        allowed.add(baseUrl.getHost().toLowerCase(Locale.ROOT));
        this.hosts = Set.copyOf(allowed);
        this.linkLocal = builder.linkLocal;
        this.operations = List.copyOf(builder.operations);
        this.requiredHeaders = Map.copyOf(builder.requiredHeaders);
        this.forbiddenHeaders = Set.copyOf(builder.forbiddenHeaders);
        this.requestIdHeaders = List.copyOf(builder.requestIdHeaders);
        this.catalogue = builder.catalogue;
        this.dialect = builder.dialect;
        this.policy = builder.policy;
        this.leastPatience = new EnumMap<>(builder.leastPatience);
        this.limiters = Map.copyOf(builder.limiters);
        this.probePath = builder.probePath;
        this.classifier = new DecisionPipeline(id, dialect, catalogue);
    }

    private Service(Service from, DecisionPipeline classifier) {
        this.id = from.id;
        this.baseUrl = from.baseUrl;
        this.hosts = from.hosts;
        this.linkLocal = from.linkLocal;
        this.operations = from.operations;
        this.requiredHeaders = from.requiredHeaders;
        this.forbiddenHeaders = from.forbiddenHeaders;
        this.requestIdHeaders = from.requestIdHeaders;
        this.catalogue = from.catalogue;
        this.dialect = from.dialect;
        this.policy = from.policy;
        this.leastPatience = from.leastPatience;
        this.limiters = from.limiters;
        this.probePath = from.probePath;
        this.classifier = classifier;
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
        ErrorDialect.Context context = ErrorDialect.Context.of(answer, request, now);
        return decide(context, classifier.read(context));
    }

    private Decision decide(ErrorDialect.Context context, ServiceError read) {
        ServiceError error = withRequestIds(read, context.response());
        return classifier.decide(context, error, operationId(context.request()));
    }

    /**
     * Decides what a transport fault means.
     *
     * @param fault what the client threw
     * @param request the request, or null where it is not known
     * @return the decision
     */
    public Decision decide(Throwable fault, @Nullable RequestView request) {
        return classifier.decide(fault, operationId(request), request);
    }

    /**
     * Looks into a success.
     *
     * @param answer the response, of a 2xx status
     * @param request the request that it answers
     * @return what the failure behind it means, or null if it is a success, as for every operation that is not known for them
     */
    public @Nullable Decision inspect(ResponseView answer, RequestView request) {
        return inspect(answer, request, TimeSource.system().now());
    }

    /**
     * Looks into a success at a given time.
     *
     * @param answer the response, of a 2xx status
     * @param request the request that it answers
     * @param now the wall clock's time, from which an absolute retry-after counts
     * @return what the failure behind it means, or null if it is a success
     */
    public @Nullable Decision inspect(ResponseView answer, RequestView request, Instant now) {
        if (!operation(request).inspectSuccess()) {
            return null;
        }
        ErrorDialect.Context context = ErrorDialect.Context.of(answer, request, now);
        ServiceError failure = classifier.failure(context);
        return failure == null ? null : decide(context, failure);
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
        return rules.isEmpty() ? this : new Service(this, classifier.withRules(rules));
    }

    private ServiceError withRequestIds(ServiceError error, ResponseView answer) {
        Map<String, String> ids = null;
        for (String header : requestIdHeaders) {
            String value = answer.headers().first(header);
            if (value != null && !value.isBlank()) {
                ids = ids == null ? new LinkedHashMap<>(error.requestIds()) : ids;
                ids.putIfAbsent(header, value.strip());
            }
        }
        return ids == null ? error : error.withRequestIds(ids);
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
        for (Operation operation : operations) {
            if (operation.matches(request)) {
                return operation;
            }
        }
        return null;
    }

    /**
     * Vendor and name.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Where the service is.
     *
     * @return scheme, host and port
     */
    public URI baseUrl() {
        return baseUrl;
    }

    /**
     * The only hosts that requests may go to.
     *
     * @return host names in lower case; one that starts with {@code *.} stands for every host below it
     */
    public Set<String> hosts() {
        return hosts;
    }

    /**
     * Whether a host is one of the service's own.
     *
     * @param host a host name or address, any case
     * @return true if requests may go there
     */
    public boolean allows(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        for (String allowed : hosts) {
            if (allowed.startsWith("*.") ? lower.endsWith(allowed.substring(1)) : lower.equals(allowed)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it is reached without any router: then no proxy, no redirect, no cookie, no cache.
     *
     * @return true for link-local services
     */
    public boolean linkLocal() {
        return linkLocal;
    }

    /**
     * The operations.
     *
     * @return in the order in which they are asked
     */
    public List<Operation> operations() {
        return operations;
    }

    /**
     * Headers that are added where the caller did not set them.
     *
     * @return name to value
     */
    public Map<String, String> requiredHeaders() {
        return requiredHeaders;
    }

    /**
     * Headers that are never sent.
     *
     * @return names
     */
    public Set<String> forbiddenHeaders() {
        return forbiddenHeaders;
    }

    /**
     * The vendor's error table.
     *
     * @return the catalogue
     */
    public Catalogue catalogue() {
        return catalogue;
    }

    /**
     * What the vendor tells about its responses.
     *
     * @return the dialect, as it was given: its methods may throw
     */
    public ErrorDialect dialect() {
        return dialect;
    }

    /**
     * The policy that fits this service.
     *
     * @return the default policy
     */
    public RetryPolicy policy() {
        return policy;
    }

    /**
     * The least patience that makes sense, by the vendor's word.
     *
     * @param pace a pace
     * @return zero where the vendor says nothing
     */
    public Duration leastPatience(Pace pace) {
        return leastPatience.getOrDefault(pace, Duration.ZERO);
    }

    /**
     * What a probe asks for.
     *
     * @return a path with its query
     */
    public String probePath() {
        return probePath;
    }

    /**
     * How narrow the limiter of a category is by default: below what the vendor documents, because other agents share it.
     *
     * @param category an operation's category
     * @return the settings; without any limit where none is documented
     */
    public Limits limits(String category) {
        return limiters.getOrDefault(category, Limits.NONE);
    }

    @Override
    public String toString() {
        return "Service[" + id + "]";
    }

    /** Collects what makes a service. Not safe for several threads. */
    public static final class Builder {
        private final String id;
        private @Nullable URI baseUrl;
        private final Set<String> hosts = new LinkedHashSet<>();
        private boolean linkLocal;
        private final List<Operation> operations = new ArrayList<>();
        private final Map<String, String> requiredHeaders = new LinkedHashMap<>();
        private final Set<String> forbiddenHeaders = new LinkedHashSet<>();
        private final List<String> requestIdHeaders = new ArrayList<>();
        private ErrorDialect dialect = ErrorDialect.standard();
        private Catalogue catalogue = Catalogue.empty();
        private RetryPolicy policy = RetryPolicy.defaults();
        private final Map<Pace, Duration> leastPatience = new EnumMap<>(Pace.class);

        private final Map<String, Limits> limiters = new LinkedHashMap<>();
        private String probePath = "/";

        private Builder(String id) {
            this.id = id;
        }

        /**
         * What a probe asks for; {@code /} by default.
         *
         * @param pathAndQuery a path that needs no credential and is answered at once
         * @return this
         */
        public Builder probePath(String pathAndQuery) {
            probePath = Objects.requireNonNull(pathAndQuery, "probePath must not be null");
            return this;
        }

        /**
         * How narrow the limiter of a category is.
         *
         * @param category an operation's category; {@code default} is the one of operations that name none
         * @param settings the limits
         * @return this
         */
        public Builder limits(String category, Limits settings) {
            limiters.put(category, Objects.requireNonNull(settings, "settings must not be null"));
            return this;
        }

        /**
         * Where the service is.
         *
         * @param url scheme, host and, where it is not the scheme's own, port
         * @return this
         * @throws IllegalArgumentException if the scheme is not http or https, or the host is missing
         */
        public Builder baseUrl(String url) {
            baseUrl = Endpoints.checked("baseUrl", URI.create(url));
            return this;
        }

        /**
         * Further hosts that requests may go to.
         *
         * @param names host names; {@code *.example.com} stands for every host below it
         * @return this
         */
        public Builder hosts(String... names) {
            for (String name : names) {
                hosts.add(name.toLowerCase(Locale.ROOT));
            }
            return this;
        }

        /**
         * Reached without any router.
         *
         * @return this
         */
        public Builder linkLocal() {
            linkLocal = true;
            return this;
        }

        /**
         * Adds an operation; the first that recognises a request has it.
         *
         * @param operation the operation
         * @return this
         */
        public Builder operation(Operation.Builder operation) {
            operations.add(operation.build());
            return this;
        }

        /**
         * A header that is added where the caller did not set it.
         *
         * @param name the header's name
         * @param value its value
         * @return this
         */
        public Builder requiredHeader(String name, String value) {
            requiredHeaders.put(name, value);
            return this;
        }

        /**
         * A header that is never sent, whoever set it.
         *
         * @param name the header's name
         * @return this
         */
        public Builder forbiddenHeader(String name) {
            forbiddenHeaders.add(name);
            return this;
        }

        /**
         * Headers of answers that hold request ids.
         *
         * @param names header names, the most useful first
         * @return this
         */
        public Builder requestIdHeaders(String... names) {
            requestIdHeaders.addAll(List.of(names));
            return this;
        }

        /**
         * All that the vendor tells about its responses; {@link ErrorDialect#standard()} by default.
         *
         * @param value the dialect
         * @return this
         */
        public Builder dialect(ErrorDialect value) {
            dialect = Objects.requireNonNull(value, "dialect must not be null");
            return this;
        }

        /**
         * The vendor's error table; none by default, so that only statuses decide.
         *
         * @param value the catalogue
         * @return this
         */
        public Builder catalogue(Catalogue value) {
            catalogue = Objects.requireNonNull(value, "catalogue must not be null");
            return this;
        }

        /**
         * The policy that fits this service.
         *
         * @param value the policy
         * @return this
         */
        public Builder policy(RetryPolicy value) {
            policy = Objects.requireNonNull(value, "policy must not be null");
            return this;
        }

        /**
         * The least patience that makes sense, by the vendor's word.
         *
         * @param pace STARTUP or MAINTENANCE
         * @param least the least
         * @return this
         */
        public Builder leastPatience(Pace pace, Duration least) {
            leastPatience.put(pace, least);
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
