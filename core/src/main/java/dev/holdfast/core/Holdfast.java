package dev.holdfast.core;

import dev.holdfast.core.backoff.Backoff;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.error.Answer;
import dev.holdfast.core.error.Classifier;
import dev.holdfast.core.error.Decision;
import dev.holdfast.core.error.NamedRule;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.error.RequestView;
import dev.holdfast.core.error.Rule;
import dev.holdfast.core.gate.Gate;
import dev.holdfast.core.gate.GateKey;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.gate.Gates;
import dev.holdfast.core.retry.RetryAccounts;
import dev.holdfast.core.retry.RetryEngine;
import dev.holdfast.core.retry.RetryPolicy;
import dev.holdfast.core.time.Clock;
import dev.holdfast.core.time.InOrder;
import dev.holdfast.core.time.Randomness;
import dev.holdfast.core.time.Scheduler;
import io.github.resilience4j.retry.RetryRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A service with a policy: what a door wraps a client with. Immutable and safe for several threads; share it. */
public final class Holdfast {
    private final Service service;
    private final RetryPolicy policy;
    private final List<NamedRule> rules;
    private final Classifier classifier;
    private final RetryEngine engine;
    private final @Nullable URI endpoint;
    private final HoldfastListener listener;
    private final Clock clock;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final @Nullable RetryRegistry retryRegistry;
    private final RetryAccounts accounts;
    private final Gates gates;
    private final Map<String, GateSettings> gateSettings;
    private final boolean budget;
    private final @Nullable CredentialSource credentials;
    private final InOrder wakeUps = new InOrder();
    private final PresenceCheck presence;
    private final Map<GateKey, Gate> opened = new ConcurrentHashMap<>();

    private Holdfast(Builder builder) {
        this.service = builder.service;
        this.policy = builder.policy.build();
        this.rules = List.copyOf(builder.rules);
        this.endpoint = builder.endpoint;
        this.listener = builder.listener;
        this.clock = builder.clock;
        this.scheduler = builder.scheduler();
        this.random = builder.random;
        this.retryRegistry = builder.retryRegistry;
        this.accounts = retryRegistry == null ? RetryAccounts.none() : RetryAccounts.of(service.id(), retryRegistry);
        this.gates = builder.gates != null
                ? builder.gates
                : clock == Clock.system() ? Gates.shared() : Gates.isolated(clock, scheduler);
        this.gateSettings = Map.copyOf(builder.gateSettings);
        this.budget = builder.budget;
        this.credentials = builder.credentials;
        this.presence = new PresenceCheck(clock);
        this.classifier = service.classifier().withRules(rules);
        this.engine = new RetryEngine(policy, random);
        for (Pace pace : Pace.values()) {
            Duration least = service.leastPatience(pace);
            Duration patience = policy.patience(pace);
            if (patience.compareTo(least) < 0 && !patience.isZero()) {
                throw new IllegalArgumentException("patience for " + pace + " must be zero or at least " + least
                        + ", which " + service.id() + " documents, but is " + patience);
            }
        }
    }

    /**
     * Starts with a service and the policy that fits it.
     *
     * @param service the service
     * @return a new builder
     */
    public static Builder builder(Service service) {
        return new Builder(service);
    }

    /**
     * A service with the policy that fits it.
     *
     * @param service the service
     * @return the same as {@code builder(service).build()}
     */
    public static Holdfast of(Service service) {
        return builder(service).build();
    }

    /**
     * Starts from this.
     *
     * @return a new builder with the same settings
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Decides what an answer means, the user's rules included.
     *
     * @param answer the answer
     * @param request the request, or null where it is not known
     * @return the decision
     */
    public Decision decide(Answer answer, @Nullable RequestView request) {
        return service.decide(classifier, answer, request, clock);
    }

    /**
     * Looks into a success, for the operations known for failures in disguise.
     *
     * @param answer the answer, of a 2xx status
     * @param request the request that it answers
     * @return what the failure in disguise means, or null for a success
     */
    public @Nullable Decision inspect(Answer answer, RequestView request) {
        return service.inspect(classifier, answer, request, clock);
    }

    /**
     * Decides what a transport fault means, the user's rules included.
     *
     * @param fault what the client threw
     * @param request the request, or null where it is not known
     * @return the decision
     */
    public Decision decide(Throwable fault, @Nullable RequestView request) {
        return classifier.decide(fault, service.operationId(request), request);
    }

    /**
     * The service.
     *
     * @return the service
     */
    public Service service() {
        return service;
    }

    /**
     * The policy.
     *
     * @return the policy
     */
    public RetryPolicy policy() {
        return policy;
    }

    /**
     * The engine that decides the next step.
     *
     * @return the engine of this policy
     */
    public RetryEngine engine() {
        return engine;
    }

    /**
     * The gate that attempts of an operation pass.
     *
     * @param operation the operation
     * @param authority host and port that the request goes to
     * @return the gate
     * @throws IllegalArgumentException if the gate is open already with other settings
     */
    public Gate gate(Operation operation, String authority) {
        GateKey key = new GateKey(service.id(), authority, operation.category());
        Gate gate = opened.get(key);
        if (gate == null) {
            GateSettings settings = gateSettings.getOrDefault(operation.category(), service.gate(operation.category()));
            gate = gates.gate(key, settings);
            opened.put(key, gate);
        }
        return gate;
    }

    /**
     * Whether retries draw on the gate's budget.
     *
     * @return false if it was switched off
     */
    public boolean budget() {
        return budget;
    }

    /**
     * Where credentials come from.
     *
     * @return the source, or null where requests go as the caller made them
     */
    public @Nullable CredentialSource credentials() {
        return credentials;
    }

    /**
     * What is remembered of the service's presence; doors ask through it.
     *
     * @return the memory of this object
     */
    public PresenceCheck presence() {
        return presence;
    }

    /**
     * The same for one quiet attempt of at most a second, past the process's gates.
     *
     * @return what a probe is made with
     */
    public Holdfast forProbe() {
        Builder quick = toBuilder();
        // What an answer means to the caller's calls says nothing of who gave it.
        quick.rules.clear();
        // Whoever refuses a request without a token is there.
        quick.credentials = null;
        return quick.maxAttempts(1)
                .deadline(PresenceCheck.LIMIT)
                .attemptTimeout(PresenceCheck.LIMIT)
                .patience(Pace.STARTUP, Duration.ZERO)
                .patience(Pace.MAINTENANCE, Duration.ZERO)
                .listener(HoldfastListener.NONE)
                .gates(Gates.isolated(clock, scheduler))
                .build();
    }

    /**
     * Where calls whose wait is over go on, one after another.
     *
     * @return the queue of this object
     */
    public InOrder wakeUps() {
        return wakeUps;
    }

    /**
     * The source of jitter.
     *
     * @return the generator
     */
    public RandomGenerator random() {
        return random;
    }

    /**
     * The books about what the engine decides, for the user's registry.
     *
     * @return the books of this service
     */
    public RetryAccounts accounts() {
        return accounts;
    }

    /**
     * The address that replaces the service's own.
     *
     * @return the endpoint, or null for the service's own
     */
    public @Nullable URI endpoint() {
        return endpoint;
    }

    /**
     * Who is told.
     *
     * @return the listener
     */
    public HoldfastListener listener() {
        return listener;
    }

    /**
     * The clock.
     *
     * @return the clock
     */
    public Clock clock() {
        return clock;
    }

    /**
     * Where asynchronous calls wait.
     *
     * @return the scheduler
     */
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public String toString() {
        return "Holdfast[" + service.id() + ", " + policy + "]";
    }

    /** Collects settings; each is checked at once, and against each other when built. Not safe for several threads. */
    public static final class Builder {
        private final Service service;
        private final RetryPolicy.Builder policy;
        private final List<NamedRule> rules = new ArrayList<>();
        private @Nullable URI endpoint;
        private HoldfastListener listener = HoldfastListener.NONE;
        private Clock clock = Clock.system();
        private @Nullable Scheduler scheduler;
        private RandomGenerator random = Randomness.threadLocal();
        private @Nullable RetryRegistry retryRegistry;
        private @Nullable Gates gates;
        private final Map<String, GateSettings> gateSettings = new HashMap<>();
        private boolean budget = true;
        private @Nullable CredentialSource credentials;

        private Builder(Service service) {
            this.service = Objects.requireNonNull(service, "service must not be null");
            this.policy = service.policy().toBuilder();
        }

        private Builder(Holdfast from) {
            this.service = from.service;
            this.policy = from.policy.toBuilder();
            this.rules.addAll(from.rules);
            this.endpoint = from.endpoint;
            this.listener = from.listener;
            this.clock = from.clock;
            this.scheduler = from.scheduler;
            this.random = from.random;
            this.retryRegistry = from.retryRegistry;
            this.gates = from.gates;
            this.gateSettings.putAll(from.gateSettings);
            this.budget = from.budget;
            this.credentials = from.credentials;
        }

        /**
         * How many attempts may end with TRANSIENT or THROTTLE.
         *
         * @param attempts 1 to 100
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxAttempts(int attempts) {
            policy.maxAttempts(attempts);
            return this;
        }

        /**
         * How long a whole call may take, as your word: no patience lifts it.
         *
         * @param limit above zero
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder deadline(Duration limit) {
            policy.deadline(limit);
            return this;
        }

        /**
         * How long one attempt may take, to the end of its body; an operation's own timeout comes first.
         *
         * @param limit above zero
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder attemptTimeout(Duration limit) {
            policy.attemptTimeout(limit);
            return this;
        }

        /**
         * How a pace is waited for.
         *
         * @param pace the pace
         * @param backoff its backoff
         * @return this
         */
        public Builder backoff(Pace pace, Backoff backoff) {
            policy.backoff(pace, backoff);
            return this;
        }

        /**
         * How long a pace is worth waiting for.
         *
         * @param pace STARTUP or MAINTENANCE
         * @param limit zero, or at least what the service documents
         * @return this
         * @throws IllegalArgumentException if the pace is bounded by attempts, or the limit is negative
         */
        public Builder patience(Pace pace, Duration limit) {
            policy.patience(pace, limit);
            return this;
        }

        /**
         * The longest hint that is waited for.
         *
         * @param cap zero or more
         * @return this
         * @throws IllegalArgumentException if negative
         */
        public Builder hintCap(Duration cap) {
            policy.hintCap(cap);
            return this;
        }

        /**
         * Changes the policy as a whole; presets use it.
         *
         * @param change what to do with the policy's builder
         * @return this
         */
        public Builder policy(Consumer<RetryPolicy.Builder> change) {
            change.accept(policy);
            return this;
        }

        /**
         * Adds a rule, which is asked before the vendor's catalogue and after the rules added before it.
         *
         * @param name appears in decisions as {@code user/name}
         * @param rule the rule
         * @return this
         * @throws IllegalArgumentException if the name is blank or taken
         */
        public Builder rule(String name, Rule rule) {
            NamedRule named = new NamedRule(name, rule);
            if (rules.stream().anyMatch(other -> other.name().equals(name))) {
                throw new IllegalArgumentException("name \"" + name + "\" is taken by another rule");
            }
            rules.add(named);
            return this;
        }

        /**
         * Replaces the service's address and becomes the only allowed host: requests to the service's own address go there.
         *
         * @param url scheme, host and port only
         * @return this
         * @throws IllegalArgumentException if it has anything else, or is not http or https
         */
        public Builder endpoint(URI url) {
            endpoint = Endpoints.checked("endpoint", url);
            return this;
        }

        /**
         * Who is told.
         *
         * @param value the listener
         * @return this
         */
        public Builder listener(HoldfastListener value) {
            listener = Objects.requireNonNull(value, "listener must not be null");
            return this;
        }

        /**
         * The clock; the system's by default. One that is a {@link Scheduler} too, as a test's virtual time is, also ends the waits of
         * asynchronous calls and of the gates, unless {@link #scheduler} says otherwise: a wait that is measured by one time and ended by
         * another may never end.
         *
         * @param value the clock
         * @return this
         */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock must not be null");
            return this;
        }

        /**
         * Where asynchronous calls and the gates wait; by default the clock where it is a scheduler too, else one shared daemon thread.
         *
         * @param value the scheduler
         * @return this
         */
        public Builder scheduler(Scheduler value) {
            scheduler = Objects.requireNonNull(value, "scheduler must not be null");
            return this;
        }

        private Scheduler scheduler() {
            if (scheduler != null) {
                return scheduler;
            }
            return clock instanceof Scheduler both ? both : Scheduler.shared();
        }

        /**
         * Where jitter comes from; unseeded by default.
         *
         * @param value the generator; must be safe for several threads
         * @return this
         */
        public Builder random(RandomGenerator value) {
            random = Objects.requireNonNull(value, "random must not be null");
            return this;
        }

        /**
         * Your registry of resilience4j-retry: an instance named after the service gets its events and counts there.
         *
         * @param value the registry; must have no instance of that name of its own, which is checked when built
         * @return this
         */
        public Builder retryRegistry(RetryRegistry value) {
            retryRegistry = Objects.requireNonNull(value, "retryRegistry must not be null");
            return this;
        }

        /**
         * Where credentials come from; by default requests go as the caller made them. The source's own calls must be made by another holdfast,
         * which is built before this one.
         *
         * @param value the source; whoever made it closes it
         * @return this
         */
        public Builder credentials(CredentialSource value) {
            credentials = Objects.requireNonNull(value, "credentials must not be null");
            return this;
        }

        /**
         * The gates to use; those of the process by default, or its own where a clock was set.
         *
         * @param value the gates
         * @return this
         */
        public Builder gates(Gates value) {
            gates = Objects.requireNonNull(value, "gates must not be null");
            return this;
        }

        /**
         * How narrow the gate of a category is; the service's own word by default.
         *
         * @param category an operation's category, such as {@code default}
         * @param settings the limits; all users of one endpoint in the process must agree on them
         * @return this
         */
        public Builder gate(String category, GateSettings settings) {
            gateSettings.put(
                    Objects.requireNonNull(category, "category must not be null"),
                    Objects.requireNonNull(settings, "settings must not be null"));
            return this;
        }

        /**
         * Lets retries go without a budget. It exists because attempts alone do not keep many agents from multiplying an outage.
         *
         * @return this
         */
        public Builder withoutBudget() {
            budget = false;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the finished object
         * @throws IllegalArgumentException if settings contradict each other or the service
         */
        public Holdfast build() {
            return new Holdfast(this);
        }
    }
}
