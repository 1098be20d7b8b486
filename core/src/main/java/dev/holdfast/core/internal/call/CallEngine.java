package dev.holdfast.core.internal.call;

import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.internal.decide.UnsentFault;
import dev.holdfast.core.internal.engine.Resilience4jRecorder;
import dev.holdfast.core.internal.engine.RetryEngine;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.text.Origin;
import dev.holdfast.core.internal.time.SerialExecutor;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Presence;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the calls of one {@code Holdfast} instance share: decisions, retry engine, limiters, credentials and time. Thread-safe. */
public final class CallEngine {
    private final Service service;
    private final Service ruled;
    private final RetryPolicy policy;
    private final CallSettings settings;
    private final RetryEngine retries;
    private final PresenceCheck presence;
    private final SerialExecutor wakeUps = new SerialExecutor();
    private final OpenedLimiters limiters;

    /**
     * Creates an engine.
     *
     * @param service the service
     * @param rules the user's rules in their order
     * @param policy the policy
     * @param settings everything else
     */
    public CallEngine(Service service, List<Rule> rules, RetryPolicy policy, CallSettings settings) {
        this.service = service;
        this.ruled = service.withRules(rules);
        this.policy = policy;
        this.settings = settings;
        this.limiters = new OpenedLimiters(service, settings);
        this.retries = new RetryEngine(policy, settings.random(), service.linkLocal());
        this.presence = new PresenceCheck(settings.timeSource());
    }

    /**
     * Returns an engine for presence probes: one attempt of at most the probe timeout, no events, isolated limiters, and neither
     * the user's rules nor credentials.
     *
     * @return a new engine of the same service
     */
    public CallEngine forProbe() {
        RetryPolicy once = policy.toBuilder()
                .maxAttempts(1)
                .deadline(settings.probeTimeout())
                .attemptTimeout(settings.probeTimeout())
                .patience(Pace.STARTUP, Duration.ZERO)
                .patience(Pace.MAINTENANCE, Duration.ZERO)
                .build();
        // A user's rules say what a response means to the user's calls, and nothing of the machine that sent it.
        return new CallEngine(service, List.of(), once, settings.forProbe());
    }

    /**
     * Decides what a response means, the user's rules included.
     *
     * @param answer the response, of any status: it is read as an error
     * @param request the request, or null where it is not known
     * @return the decision
     */
    public Decision decide(ResponseView answer, @Nullable RequestView request) {
        return ruled.decide(answer, request, settings.timeSource().now());
    }

    /**
     * Looks into a success, for the operations known for failures behind a 2xx status.
     *
     * @param answer the response, of a 2xx status
     * @param request the request that it answers
     * @return what the failure means, or empty for a success
     */
    public Optional<Decision> inspect(ResponseView answer, RequestView request) {
        return ruled.inspect(answer, request, settings.timeSource().now());
    }

    /**
     * Reads the server's own time from a response.
     *
     * @param answer the response
     * @return the time, or null where the response does not tell it
     */
    public @Nullable Instant serverTime(ResponseView answer) {
        return ruled.serverTime(answer, null, settings.timeSource().now());
    }

    /** Names what the vendor throttles together with a request. Calls with other credentials may be another principal's. */
    String throttleScope(RequestView request) {
        CredentialSource source = settings.credentials();
        String principal = source == null ? "" : Integer.toHexString(System.identityHashCode(source));
        return ruled.throttleScope(request, principal);
    }

    /**
     * Returns how long one probe may take.
     *
     * @return the limit
     */
    public Duration probeTimeout() {
        return settings.probeTimeout();
    }

    /**
     * Reads what the response to a probe says of the service's presence.
     *
     * @param outcome the outcome of the probe, or null where there is none
     * @param answer the response, with the beginning of its body
     * @return the presence
     */
    public Presence presence(@Nullable Outcome outcome, ResponseView answer) {
        if (ruled.recognises(answer, null, settings.timeSource().now())) {
            return Presence.PRESENT;
        }
        return ruled.isMarked() ? PresenceCheck.unmarked(answer.status()) : PresenceCheck.read(outcome);
    }

    /**
     * Decides what a transport fault means, the user's rules included.
     *
     * @param fault what the client threw
     * @param request the request, or null where it is not known
     * @return the decision
     */
    public Decision decide(Throwable fault, @Nullable RequestView request) {
        return ruled.decide(fault, request);
    }

    /**
     * Decides what a transport fault means, the user's rules included.
     *
     * @param fault what the client threw
     * @param request the request
     * @param facts what else the adapter knows of the attempt
     * @return the decision
     */
    Decision decide(Throwable fault, RequestView request, AttemptFacts facts) {
        if (!(fault instanceof IOException broken)) {
            // Wrapped, because the rules look into the wrappers of futures: what an interceptor throws is no transport
            // fault, whatever it wraps.
            return ruled.decide(new Exception(fault), request);
        }
        return ruled.decide(facts.notBegun() ? new UnsentFault(broken, !facts.neverConnected()) : fault, request);
    }

    /**
     * Returns the limiter that attempts of an operation pass.
     *
     * @param operation the operation
     * @param authority host and port that the request goes to
     * @return the limiter
     */
    public EndpointLimiter limiter(Operation operation, String authority) {
        return limiters.limiter(operation, authority);
    }

    /**
     * Returns a limiter for a call that is refused before it is sent, and leaves nothing behind.
     *
     * @return a limiter that no registry knows
     */
    public EndpointLimiter unregisteredLimiter() {
        return settings.limiters().unregistered();
    }

    /** Returns the service, without the user's rules. */
    public Service service() {
        return service;
    }

    /** Returns the policy. */
    public RetryPolicy policy() {
        return policy;
    }

    /** Returns what decides the next step after a decision. */
    public RetryEngine retries() {
        return retries;
    }

    /** Returns what is remembered of the service's presence. */
    public PresenceCheck presence() {
        return presence;
    }

    /** Returns the serial executor that resumes asynchronous calls after a wait. */
    public SerialExecutor wakeUps() {
        return wakeUps;
    }

    /** Returns the settings that the user's builder collected. */
    public CallSettings settings() {
        return settings;
    }

    /** Returns whether retries draw on the limiter's budget. */
    public boolean budget() {
        return settings.budget();
    }

    /** Returns where credentials come from. */
    public @Nullable CredentialSource credentials() {
        return settings.credentials();
    }

    /** Returns the source of jitter. */
    public RandomGenerator random() {
        return settings.random();
    }

    /** Returns the recorder of decisions. */
    public Resilience4jRecorder recorder() {
        return settings.recorder();
    }

    /** Returns the address that replaces the service's own. */
    public @Nullable URI endpoint() {
        return settings.endpoint();
    }

    /** Returns where requests may go beside the endpoint. */
    public List<Origin> furtherOrigins() {
        return settings.furtherOrigins();
    }

    /** Returns the receiver of events. */
    public HoldfastListener listener() {
        return settings.listener();
    }

    /** Returns the clock. */
    public TimeSource timeSource() {
        return settings.timeSource();
    }

    /** Returns what ends the waits of asynchronous calls. */
    public Scheduler scheduler() {
        return settings.scheduler();
    }
}
