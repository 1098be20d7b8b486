package dev.holdfast.core;

import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.internal.call.CallSettings;
import dev.holdfast.core.internal.engine.Resilience4jRecorder;
import dev.holdfast.core.internal.limit.LimiterRegistry;
import dev.holdfast.core.internal.text.Endpoints;
import dev.holdfast.core.internal.text.Origin;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.policy.RetrySettings;
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
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@link Holdfast.Builder} beside those of the policy. A class of its own only so that each file can be read at once.
 *
 * @param <B> the builder itself
 */
abstract class HoldfastSettings<B extends HoldfastSettings<B>> extends RetrySettings<B> {
    final Service service;
    final List<Rule> rules = new ArrayList<>();

    @Nullable
    URI endpoint;

    List<Origin> furtherOrigins = List.of();

    HoldfastListener listener = HoldfastListener.NONE;
    TimeSource clock = TimeSource.system();

    @Nullable
    Scheduler scheduler;

    RandomGenerator random = Randomness.threadLocal();

    @Nullable
    RetryRegistry retryRegistry;

    @Nullable
    LimiterRegistry limiters;

    final Map<String, Limits> limits = new HashMap<>();
    boolean budget = true;

    @Nullable
    CredentialSource credentials;

    Duration probeTimeout = Duration.ofSeconds(1);

    HoldfastSettings(Service service, RetryPolicy start) {
        super(start);
        this.service = service;
    }

    /** Takes over what a finished instance was built with. */
    void copy(CallSettings settings, List<Rule> named, @Nullable RetryRegistry registry) {
        rules.addAll(named);
        endpoint = settings.endpoint();
        furtherOrigins = settings.furtherOrigins();
        listener = settings.listener();
        clock = settings.timeSource();
        scheduler = settings.scheduler();
        random = settings.random();
        retryRegistry = registry;
        limiters = settings.limiters();
        limits.putAll(settings.limits());
        budget = settings.budget();
        credentials = settings.credentials();
        probeTimeout = settings.probeTimeout();
    }

    CallSettings settings() {
        Scheduler waits = scheduler != null ? scheduler : clock instanceof Scheduler both ? both : Scheduler.shared();
        LimiterRegistry registry = limiters;
        if (registry == null) {
            registry = clock == TimeSource.system()
                    ? Limiters.shared().registry()
                    : new LimiterRegistry(clock, waits, null);
        }
        return new CallSettings(
                endpoint,
                furtherOrigins,
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
                credentials,
                probeTimeout);
    }

    /**
     * Sets how long a probe or a detection may wait for a response. Default: 1 s. Raise it where a metadata service answers slowly; Azure's team asks for 2
     * to 5 s (Azure/go-autorest#660).
     *
     * @param limit above zero, at most 30 s
     * @return this
     * @throws IllegalArgumentException if it is out of that range
     */
    public B probeTimeout(Duration limit) {
        if (limit.isZero() || limit.isNegative() || limit.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new IllegalArgumentException("probeTimeout must be above zero and at most 30 s, but is " + limit);
        }
        probeTimeout = limit;
        return self();
    }

    /**
     * Adds a rule, which is asked before the vendor's catalogue and after the rules added before it.
     *
     * @param name appears in decisions as {@code user/name}
     * @param rule the rule
     * @return this
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public B rule(String name, Rule rule) {
        Rule named = Objects.requireNonNull(rule, "rule must not be null").named(name);
        if (rules.stream().anyMatch(other -> name.equals(other.name()))) {
            throw new IllegalArgumentException("name \"" + name + "\" is taken by another rule");
        }
        rules.add(named);
        return self();
    }

    /**
     * Replaces the service's address and becomes the only allowed origin: requests to the service's own origins go there. Where responses name
     * further hosts, as a {@code Location} of a long-running operation does, name these too, or a request to them is refused. The last word counts:
     * a second call of this method forgets the first.
     *
     * @param url scheme, host and port only. Of a service that is asked over https it must be https, but for localhost, 127.0.0.0/8 and ::1
     * @param furtherOrigins where requests may go besides: a host name or an address at the same scheme and port, {@code *.example.com} for every
     *     host below a name, or a whole origin such as {@code https://eu.example.com:8443}; none by default
     * @return this
     * @throws IllegalArgumentException if one of them is anything else, holds a user, a query or a fragment, or is plain http to another machine
     *     where the service is asked over https
     */
    public B endpoint(URI url, String... furtherOrigins) {
        URI own = service.baseUrl();
        URI checked = Endpoints.replacing("endpoint", url, service.id(), own);
        List<Origin> further = new ArrayList<>();
        for (String text : furtherOrigins) {
            further.add(Endpoints.further("furtherOrigins", text, checked, service.id(), own));
        }
        this.endpoint = checked;
        this.furtherOrigins = List.copyOf(further);
        return self();
    }

    /**
     * Who is told.
     *
     * @param value the listener
     * @return this
     */
    public B listener(HoldfastListener value) {
        listener = Objects.requireNonNull(value, "listener must not be null");
        return self();
    }

    /**
     * The clock; the system's by default. One that is a {@link Scheduler} too, as a test's virtual time is, also ends the waits of
     * asynchronous calls and of the limiters, unless {@link #scheduler(Scheduler)} says otherwise: a wait that is measured by one time and ended by
     * another may never end.
     *
     * @param value the clock
     * @return this
     */
    public B timeSource(TimeSource value) {
        clock = Objects.requireNonNull(value, "timeSource must not be null");
        return self();
    }

    /**
     * Where asynchronous calls and the limiters wait; by default the clock where it is a scheduler too, else one shared daemon thread.
     *
     * @param value the scheduler
     * @return this
     */
    public B scheduler(Scheduler value) {
        scheduler = Objects.requireNonNull(value, "scheduler must not be null");
        return self();
    }

    /**
     * Where jitter comes from; unseeded by default.
     *
     * @param value the generator; must be safe for several threads
     * @return this
     */
    public B random(RandomGenerator value) {
        random = Objects.requireNonNull(value, "random must not be null");
        return self();
    }

    /**
     * Your registry of resilience4j-retry: an instance named after the service gets its events and counts there.
     *
     * @param value the registry; must have no instance of that name of its own, which is checked when built
     * @return this
     */
    public B retryRegistry(RetryRegistry value) {
        retryRegistry = Objects.requireNonNull(value, "retryRegistry must not be null");
        return self();
    }

    /**
     * Where credentials come from; by default requests go as the caller made them. The source's own calls must be made by another {@code Holdfast} instance,
     * which is built before this one.
     *
     * @param value the source; whoever made it closes it
     * @return this
     */
    public B credentials(CredentialSource value) {
        credentials = Objects.requireNonNull(value, "credentials must not be null");
        return self();
    }

    /**
     * The limiters to use; those of the process by default, or its own where a clock was set.
     *
     * @param value the limiters
     * @return this
     */
    public B limiters(Limiters value) {
        limiters = Objects.requireNonNull(value, "limiters must not be null").registry();
        return self();
    }

    /**
     * How narrow the limiter of a category is; the service's own word by default.
     *
     * @param category an operation's category, such as {@code default}
     * @param settings the limits; all users of one endpoint in the process must agree on them
     * @return this
     */
    public B limits(String category, Limits settings) {
        limits.put(
                Objects.requireNonNull(category, "category must not be null"),
                Objects.requireNonNull(settings, "settings must not be null"));
        return self();
    }

    /**
     * Lets retries go without a budget. It exists because attempts alone do not keep many agents from multiplying an outage.
     *
     * @return this
     */
    public B withoutBudget() {
        budget = false;
        return self();
    }
}
