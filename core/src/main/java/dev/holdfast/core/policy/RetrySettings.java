package dev.holdfast.core.policy;

import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.time.Durations;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The settings of a {@link RetryPolicy}, said once for both builders that have them: {@link RetryPolicy.Builder}, with which a service
 * states its own policy, and {@code Holdfast.Builder}, with which you change it. Each setting is checked when it is made.
 *
 * <p>Not safe for several threads.
 *
 * @param <B> the builder itself, which each setting returns
 */
public abstract class RetrySettings<B extends RetrySettings<B>> {
    int maxAttempts;
    Duration deadline;
    boolean callersDeadline;
    Duration attemptTimeout;
    final Map<Pace, Backoff> backoffs;
    final Map<Pace, Duration> patience;
    Duration maxRetryAfter;

    /**
     * Starts from a policy.
     *
     * @param from has every setting that is not changed afterwards
     */
    protected RetrySettings(RetryPolicy from) {
        maxAttempts = from.maxAttempts();
        deadline = from.deadline();
        callersDeadline = from.callersDeadline();
        attemptTimeout = from.attemptTimeout();
        backoffs = new EnumMap<>(from.backoffs());
        patience = new EnumMap<>(from.patience());
        maxRetryAfter = from.maxRetryAfter();
    }

    /**
     * Returns this builder by its own type.
     *
     * @return this
     */
    protected abstract B self();

    /**
     * Makes a policy of the settings.
     *
     * @return the policy, which later changes of this builder do not reach
     */
    protected final RetryPolicy retryPolicy() {
        return new RetryPolicy(this);
    }

    /**
     * Sets how many attempts may end with TRANSIENT or THROTTLE.
     *
     * @param attempts 1 to 100; 1 means no retry
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public B maxAttempts(int attempts) {
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("maxAttempts must be 1 to 100, but is " + attempts);
        }
        maxAttempts = attempts;
        return self();
    }

    /**
     * Sets how long a whole call may take, as the caller's word: no patience lifts it.
     *
     * @param limit above zero, at most 36,500 days
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public B deadline(Duration limit) {
        deadline = positive("deadline", limit);
        callersDeadline = true;
        return self();
    }

    /**
     * Sets how long a whole call may take, as a default: the patience of a pace lifts it. Services and presets use it.
     *
     * @param limit above zero, at most 36,500 days
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public B defaultDeadline(Duration limit) {
        deadline = positive("defaultDeadline", limit);
        callersDeadline = false;
        return self();
    }

    /**
     * Sets how long one attempt may take, to the end of its body. An operation's own timeout comes first.
     *
     * @param limit above zero, at most 36,500 days
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public B attemptTimeout(Duration limit) {
        attemptTimeout = positive("attemptTimeout", limit);
        return self();
    }

    /**
     * Sets how a pace is waited for.
     *
     * @param pace the pace
     * @param backoff its backoff
     * @return this
     */
    public B backoff(Pace pace, Backoff backoff) {
        backoffs.put(
                Objects.requireNonNull(pace, "pace must not be null"),
                Objects.requireNonNull(backoff, "backoff must not be null"));
        return self();
    }

    /**
     * Sets how long a pace is worth waiting for. A {@code Holdfast} instance refuses, when it is built, a patience above zero that is
     * shorter than what its service documents.
     *
     * @param pace STARTUP or MAINTENANCE
     * @param limit zero or more; zero means that the first such response is final; a longer one than 36,500 days counts as that
     * @return this
     * @throws IllegalArgumentException if the pace is bounded by attempts, or the limit is negative
     */
    public B patience(Pace pace, Duration limit) {
        if (!Objects.requireNonNull(pace, "pace must not be null").boundedByPatience()) {
            throw new IllegalArgumentException(
                    "patience is for STARTUP and MAINTENANCE, but the pace is " + pace + ", which maxAttempts bounds");
        }
        if (Objects.requireNonNull(limit, "patience must not be null").isNegative()) {
            throw new IllegalArgumentException("patience must not be negative, but is " + limit);
        }
        patience.put(pace, Durations.min(limit, Durations.FOREVER));
        return self();
    }

    /**
     * Sets the longest retry-after that is waited for; a longer one ends the call at once.
     *
     * @param cap zero or more; zero means that no retry-after is waited for
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public B maxRetryAfter(Duration cap) {
        if (Objects.requireNonNull(cap, "maxRetryAfter must not be null").isNegative()) {
            throw new IllegalArgumentException("maxRetryAfter must not be negative, but is " + cap);
        }
        maxRetryAfter = cap;
        return self();
    }

    private static Duration positive(String argument, Duration value) {
        Objects.requireNonNull(value, argument + " must not be null");
        if (value.isZero() || value.isNegative() || value.compareTo(Durations.FOREVER) > 0) {
            throw new IllegalArgumentException(
                    argument + " must be above zero and at most " + Durations.FOREVER + ", but is " + value);
        }
        return value;
    }
}
