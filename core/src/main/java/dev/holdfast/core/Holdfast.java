package dev.holdfast.core;

import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.internal.call.Access;
import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.internal.call.CallSettings;
import dev.holdfast.core.internal.engine.Resilience4jRecorder;
import dev.holdfast.core.internal.limit.LimiterRegistry;
import dev.holdfast.core.internal.text.Endpoints;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import io.github.resilience4j.retry.RetryRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A service with a policy: what a adapter wraps a client with. Immutable and safe for several threads; share it. */
public final class Holdfast {
    static {
        Access.install(instance -> ((Holdfast) instance).engine);
    }

    private final RetryPolicy policy;
    private final List<Rule> rules;
    private final @Nullable RetryRegistry retryRegistry;
    private final CallEngine engine;

    private Holdfast(Builder builder) {
        this.policy = builder.policy.build();
        this.rules = List.copyOf(builder.rules);
        this.retryRegistry = builder.retryRegistry;
        this.engine = new CallEngine(builder.service, rules, policy, builder.settings());
        for (Pace pace : Pace.values()) {
            Duration least = builder.service.leastPatience(pace);
            Duration patience = policy.patience(pace);
            if (patience.compareTo(least) < 0 && !patience.isZero()) {
                throw new IllegalArgumentException("patience for " + pace + " must be zero or at least " + least
                        + ", which " + builder.service.id() + " documents, but is " + patience);
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
     * Decides what a response means, the user's rules included.
     *
     * @param answer the response, of any status: it is read as an error
     * @param request the request, or null where it is not known
     * @return the decision
     */
    public Decision decide(ResponseView answer, @Nullable RequestView request) {
        return engine.decide(answer, request);
    }

    /**
     * Decides what a transport fault means, the user's rules included.
     *
     * @param fault what the client threw
     * @param request the request, or null where it is not known
     * @return the decision
     */
    public Decision decide(Throwable fault, @Nullable RequestView request) {
        return engine.decide(fault, request);
    }

    /**
     * Returns the service.
     *
     * @return the service, without the user's rules
     */
    public Service service() {
        return engine.service();
    }

    /**
     * Returns the policy.
     *
     * @return the policy
     */
    public RetryPolicy policy() {
        return policy;
    }

    /**
     * Returns the address that replaces the service's own.
     *
     * @return the endpoint, or null for the service's own
     */
    public @Nullable URI endpoint() {
        return engine.endpoint();
    }

    /**
     * Returns where credentials come from.
     *
     * @return the source, or null where requests go as the caller made them
     */
    public @Nullable CredentialSource credentials() {
        return engine.credentials();
    }

    @Override
    public String toString() {
        return "Holdfast[" + service().id() + ", " + policy + "]";
    }

    /** Collects settings; each is checked at once, and against each other when built. Not safe for several threads. */
    public static final class Builder {
        private final Service service;
        private final RetryPolicy.Builder policy;
        private final List<Rule> rules = new ArrayList<>();
        private @Nullable URI endpoint;
        private HoldfastListener listener = HoldfastListener.NONE;
        private TimeSource clock = TimeSource.system();
        private @Nullable Scheduler scheduler;
        private RandomGenerator random = Randomness.threadLocal();
        private @Nullable RetryRegistry retryRegistry;
        private @Nullable LimiterRegistry limiters;
        private final Map<String, Limits> limits = new HashMap<>();
        private boolean budget = true;
        private @Nullable CredentialSource credentials;

        private Builder(Service service) {
            this.service = Objects.requireNonNull(service, "service must not be null");
            this.policy = service.policy().toBuilder();
        }

        private Builder(Holdfast from) {
            CallSettings settings = from.engine.settings();
            this.service = from.service();
            this.policy = from.policy.toBuilder();
            this.rules.addAll(from.rules);
            this.endpoint = settings.endpoint();
            this.listener = settings.listener();
            this.clock = settings.timeSource();
            this.scheduler = settings.scheduler();
            this.random = settings.random();
            this.retryRegistry = from.retryRegistry;
            this.limiters = settings.limiters();
            this.limits.putAll(settings.limits());
            this.budget = settings.budget();
            this.credentials = settings.credentials();
        }

        private CallSettings settings() {
            Scheduler waits =
                    scheduler != null ? scheduler : clock instanceof Scheduler both ? both : Scheduler.shared();
            LimiterRegistry registry = limiters;
            if (registry == null) {
                registry = clock == TimeSource.system()
                        ? Limiters.shared().registry()
                        : new LimiterRegistry(clock, waits, null);
            }
            return new CallSettings(
                    endpoint,
                    listener,
                    clock,
                    waits,
                    random,
                    retryRegistry == null
                            ? Resilience4jRecorder.none()
                            : Resilience4jRecorder.of(service.id(), retryRegistry),
                    registry,
                    Map.copyOf(limits),
                    budget,
                    credentials);
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
         * The longest retry-after that is waited for.
         *
         * @param cap zero or more
         * @return this
         * @throws IllegalArgumentException if negative
         */
        public Builder maxRetryAfter(Duration cap) {
            policy.maxRetryAfter(cap);
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
            Rule named = Objects.requireNonNull(rule, "rule must not be null").named(name);
            if (rules.stream().anyMatch(other -> name.equals(other.name()))) {
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
         * asynchronous calls and of the limiters, unless {@link #scheduler} says otherwise: a wait that is measured by one time and ended by
         * another may never end.
         *
         * @param value the clock
         * @return this
         */
        public Builder timeSource(TimeSource value) {
            clock = Objects.requireNonNull(value, "timeSource must not be null");
            return this;
        }

        /**
         * Where asynchronous calls and the limiters wait; by default the clock where it is a scheduler too, else one shared daemon thread.
         *
         * @param value the scheduler
         * @return this
         */
        public Builder scheduler(Scheduler value) {
            scheduler = Objects.requireNonNull(value, "scheduler must not be null");
            return this;
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
         * Where credentials come from; by default requests go as the caller made them. The source's own calls must be made by another {@code Holdfast} instance,
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
         * The limiters to use; those of the process by default, or its own where a clock was set.
         *
         * @param value the limiters
         * @return this
         */
        public Builder limiters(Limiters value) {
            limiters =
                    Objects.requireNonNull(value, "limiters must not be null").registry();
            return this;
        }

        /**
         * How narrow the limiter of a category is; the service's own word by default.
         *
         * @param category an operation's category, such as {@code default}
         * @param settings the limits; all users of one endpoint in the process must agree on them
         * @return this
         */
        public Builder limits(String category, Limits settings) {
            limits.put(
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
