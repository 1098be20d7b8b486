package dev.holdfast.core;

import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.internal.call.Access;
import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.policy.RetrySettings;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import io.github.resilience4j.retry.RetryRegistry;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A service with a policy: what an adapter wraps a client with. Immutable and safe for several threads; share it. */
public final class Holdfast {
    static {
        Access.install(instance -> ((Holdfast) instance).engine);
    }

    private final RetryPolicy policy;
    private final List<Rule> rules;
    private final @Nullable RetryRegistry retryRegistry;
    private final CallEngine engine;

    private Holdfast(Builder builder, RetryPolicy policy) {
        this.policy = policy;
        this.rules = List.copyOf(builder.rules);
        this.retryRegistry = builder.retryRegistry;
        SettingsCheck.check(builder.service, rules, policy, builder.limits.keySet());
        this.engine = new CallEngine(builder.service, rules, policy, builder.settings());
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
     * Starts with the preset for an agent that starts before the network does: a refused or unreachable address counts as STARTUP.
     *
     * <p>8 attempts, a deadline of 5 min, unless you set one; STARTUP for 180 s with the service's own waits. Vendors change what their services need.
     *
     * @param service the service
     * @return a new builder
     */
    public static Builder boot(Service service) {
        return Presets.boot(service, null);
    }

    /**
     * Starts with the preset for an agent that starts before the network does, with advice for the time in which no connection can be made.
     *
     * @param service the service
     * @param advice what to check if the service stays unreachable
     * @return a new builder, as {@link #boot(Service)} gives it
     */
    public static Builder boot(Service service, String advice) {
        return Presets.boot(service, Objects.requireNonNull(advice, "advice must not be null"));
    }

    /**
     * Starts with the preset for a person who waits: STARTUP and MAINTENANCE are reported at once.
     *
     * <p>3 attempts of at most 5 s each, a deadline of 15 s, retry-after up to 5 s. Vendors change what their services need.
     *
     * @param service the service
     * @return a new builder
     */
    public static Builder interactive(Service service) {
        return Presets.interactive(service);
    }

    /**
     * Starts with the preset for work that has time: slow and patient, so that it stays out of the way of other callers.
     *
     * <p>TRANSIENT and THROTTLE 2.5–5, 5–10, 10–20, 20–40, 30–60 s and so on (8 attempts). Deadline 10 min, unless you set one; retry-after up to 5 min.
     * Vendors change what their services need.
     *
     * @param service the service
     * @return a new builder
     */
    public static Builder background(Service service) {
        return Presets.background(service);
    }

    /**
     * Describes a service whose credentials another service of the VM hands out, for any HTTP client. Vendors have a method for each of theirs.
     *
     * @param metadata the service that hands out credentials, and its policy
     * @param service the service that is called with them, and its policy
     * @param sources make one source each, in the order of their calls: the first asks without credentials, each further one with those of the source
     *     before it; the service is called with those of the last
     * @return the chain; an adapter's {@code wrap} takes it
     * @throws IllegalArgumentException if there is no source
     */
    @SafeVarargs
    public static Chain chain(
            Holdfast metadata, Holdfast service, Function<ServiceClient, CredentialSource>... sources) {
        return CredentialChain.of(metadata, service, List.of(sources));
    }

    /**
     * Returns the same service as a plain client would call it, for an incident in which retries or limits are the trouble: one attempt a call, no limits, no
     * pauses and no rules. Hosts are still checked, headers added and requests signed; a refused credential is still renewed once. The system property {@code
     * holdfast.passThrough=true} does the same for all that is built while it is set. Said once for each service in the log.
     *
     * @return a copy
     */
    public Holdfast passThrough() {
        return PassThrough.of(toBuilder()).make();
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
     * Decides what a response means, the user's rules included, without knowing the request.
     *
     * @param answer the response, of any status: it is read as an error
     * @return the decision
     */
    public Decision decide(ResponseView answer) {
        return decide(answer, null);
    }

    /**
     * Decides what a transport fault means, the user's rules included, without knowing the request.
     *
     * @param fault as for {@link Service#decide(Throwable)}
     * @return the decision
     */
    public Decision decide(Throwable fault) {
        return decide(fault, null);
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

    /**
     * Collects settings; each is checked at once, and against each other when built. Those of the retry policy are inherited from
     * {@link RetrySettings}. Not safe for several threads.
     */
    public static final class Builder extends HoldfastSettings<Builder> {
        private Builder(Service service) {
            super(Objects.requireNonNull(service, "service must not be null"), service.policy());
        }

        private Builder(Holdfast from) {
            super(from.service(), from.policy);
            copy(from.engine.settings(), from.rules, from.retryRegistry);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Makes it.
         *
         * @return the finished object
         * @throws IllegalArgumentException if settings contradict each other or the service
         */
        public Holdfast build() {
            return PassThrough.isSet() ? make().passThrough() : make();
        }

        private Holdfast make() {
            return new Holdfast(this, retryPolicy());
        }
    }

    /**
     * A service with all that its credentials need, still without an HTTP client. Immutable and safe for several threads.
     *
     * <pre>{@code
     * HttpClient calls = HoldfastHttpClient.wrap(httpClient, AlibabaSlb.chain("cn-hangzhou"));
     * }</pre>
     */
    public interface Chain {
        /**
         * Changes the settings of the metadata service.
         *
         * @param settings changes a builder and returns it
         * @return another chain
         */
        Chain metadata(UnaryOperator<Builder> settings);

        /**
         * Changes the settings of the service that is called.
         *
         * @param settings changes a builder and returns it; the chain's credentials replace any that it sets
         * @return another chain
         */
        Chain service(UnaryOperator<Builder> settings);

        /**
         * Makes the sources and the service that uses them. Nothing is fetched yet. Each call makes sources of its own. {@code credentials().close()} of the
         * result closes all of them.
         *
         * @param client makes a service client, such as {@code holdfast -> HoldfastOkHttp.serviceClient(okHttpClient, holdfast)}
         * @return the service with its credentials
         */
        Holdfast over(Function<Holdfast, ServiceClient> client);
    }
}
