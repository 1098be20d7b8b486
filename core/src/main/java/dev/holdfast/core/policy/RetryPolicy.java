package dev.holdfast.core.policy;

import dev.holdfast.core.decision.Pace;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How often, how long and how fast a call is repeated. Immutable; {@link #toBuilder()} gives a changed copy.
 *
 * <table>
 * <caption>Defaults where the service has none of its own</caption>
 * <tr><th>what</th><th>default</th><th>why</th></tr>
 * <tr><td>attempts</td><td>4</td><td>more only adds load in an outage: AWS SDK standard 3, IBM SDK cores 5, Azure SDK 4</td></tr>
 * <tr><td>deadline</td><td>30 s</td><td>longer than four attempts at this pace need</td></tr>
 * <tr><td>attempt timeout</td><td>10 s</td><td>OkHttp's own timeouts</td></tr>
 * <tr><td>TRANSIENT</td><td>full jitter 200 ms, cap 20 s</td><td>AWS SDK standard cap</td></tr>
 * <tr><td>THROTTLE</td><td>full jitter 1 s, cap 20 s, at least half of it</td><td>AWS SDK throttling base 1 s</td></tr>
 * <tr><td>STARTUP</td><td>equal jitter 1 s, cap 10 s, patience 60 s</td><td>cloud-init polls every second</td></tr>
 * <tr><td>MAINTENANCE</td><td>equal jitter 10 s, cap 10 s, patience 90 s</td><td>MSAL: every 10 s, at least 70 s</td></tr>
 * <tr><td>retry-after cap</td><td>60 s</td><td>a longer word of the server ends the call instead of blocking the agent</td></tr>
 * </table>
 */
public final class RetryPolicy {
    private static final RetryPolicy DEFAULTS = new RetryPolicy();

    private final int maxAttempts;
    private final Duration deadline;
    private final boolean callersDeadline;
    private final Duration attemptTimeout;
    private final Map<Pace, Backoff> backoffs;
    private final Map<Pace, Duration> patience;
    private final Duration maxRetryAfter;

    /** The defaults of the table above. */
    private RetryPolicy() {
        maxAttempts = 4;
        deadline = Duration.ofSeconds(30);
        callersDeadline = false;
        attemptTimeout = Duration.ofSeconds(10);
        backoffs = new EnumMap<>(Pace.class);
        backoffs.put(Pace.TRANSIENT, Backoff.fullJitter(Duration.ofMillis(200), Duration.ofSeconds(20)));
        backoffs.put(Pace.THROTTLE, Backoff.equalJitter(Duration.ofSeconds(1), Duration.ofSeconds(20)));
        backoffs.put(Pace.STARTUP, Backoff.equalJitter(Duration.ofSeconds(1), Duration.ofSeconds(10)));
        backoffs.put(Pace.MAINTENANCE, Backoff.equalJitter(Duration.ofSeconds(10), Duration.ofSeconds(10)));
        patience = new EnumMap<>(Pace.class);
        patience.put(Pace.STARTUP, Duration.ofSeconds(60));
        patience.put(Pace.MAINTENANCE, Duration.ofSeconds(90));
        maxRetryAfter = Duration.ofSeconds(60);
    }

    RetryPolicy(RetrySettings<?> settings) {
        this.maxAttempts = settings.maxAttempts;
        this.deadline = settings.deadline;
        this.callersDeadline = settings.callersDeadline;
        this.attemptTimeout = settings.attemptTimeout;
        this.backoffs = new EnumMap<>(settings.backoffs);
        this.patience = new EnumMap<>(settings.patience);
        this.maxRetryAfter = settings.maxRetryAfter;
    }

    /**
     * The defaults of the table above.
     *
     * @return the shared instance
     */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return DEFAULTS.toBuilder();
    }

    /**
     * Starts from this policy.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * How many attempts end with TRANSIENT or THROTTLE before the call gives up.
     *
     * @return 1 or more
     */
    public int maxAttempts() {
        return maxAttempts;
    }

    /**
     * How long a whole call may take.
     *
     * @return the deadline, from the call's start
     */
    public Duration deadline() {
        return deadline;
    }

    /**
     * Whether the caller set the deadline, so that no patience lifts it.
     *
     * @return false for a service's default
     */
    public boolean callersDeadline() {
        return callersDeadline;
    }

    /**
     * How long one attempt may take, to the end of its body.
     *
     * @return the timeout
     */
    public Duration attemptTimeout() {
        return attemptTimeout;
    }

    /**
     * How a pace is waited for.
     *
     * @param pace the pace
     * @return its backoff
     */
    public Backoff backoff(Pace pace) {
        return Objects.requireNonNull(backoffs.get(pace));
    }

    /**
     * How long a pace is worth waiting for.
     *
     * @param pace STARTUP or MAINTENANCE
     * @return its patience; zero for the paces that attempts bound
     */
    public Duration patience(Pace pace) {
        return patience.getOrDefault(pace, Duration.ZERO);
    }

    /**
     * The longest retry-after that is waited for.
     *
     * @return the cap
     */
    public Duration maxRetryAfter() {
        return maxRetryAfter;
    }

    @Override
    public String toString() {
        return "RetryPolicy[maxAttempts=" + maxAttempts + ", deadline=" + deadline + ", attemptTimeout="
                + attemptTimeout + ", backoffs=" + backoffs + ", patience=" + patience + ", maxRetryAfter="
                + maxRetryAfter + "]";
    }

    Map<Pace, Backoff> backoffs() {
        return backoffs;
    }

    Map<Pace, Duration> patience() {
        return patience;
    }

    /** Collects settings; each is checked at once. Not safe for several threads. */
    public static final class Builder extends RetrySettings<Builder> {
        private Builder(RetryPolicy from) {
            super(from);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Makes the policy.
         *
         * @return the policy
         */
        public RetryPolicy build() {
            return retryPolicy();
        }
    }
}
