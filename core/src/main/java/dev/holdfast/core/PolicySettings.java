package dev.holdfast.core;

import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetryPolicy;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The part of {@link Holdfast.Builder} that changes the retry policy. A class of its own only so that each file can be read at once.
 *
 * @param <B> the builder itself
 */
abstract class PolicySettings<B extends PolicySettings<B>> {
    final RetryPolicy.Builder policy;

    PolicySettings(RetryPolicy start) {
        this.policy = start.toBuilder();
    }

    abstract B self();

    /**
     * How many attempts may end with TRANSIENT or THROTTLE.
     *
     * @param attempts 1 to 100
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public B maxAttempts(int attempts) {
        policy.maxAttempts(attempts);
        return self();
    }

    /**
     * How long a whole call may take, as your word: no patience lifts it.
     *
     * @param limit above zero
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public B deadline(Duration limit) {
        policy.deadline(limit);
        return self();
    }

    /**
     * How long one attempt may take, to the end of its body; an operation's own timeout comes first.
     *
     * @param limit above zero
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public B attemptTimeout(Duration limit) {
        policy.attemptTimeout(limit);
        return self();
    }

    /**
     * How a pace is waited for.
     *
     * @param pace the pace
     * @param backoff its backoff
     * @return this
     */
    public B backoff(Pace pace, Backoff backoff) {
        policy.backoff(pace, backoff);
        return self();
    }

    /**
     * How long a pace is worth waiting for.
     *
     * @param pace STARTUP or MAINTENANCE
     * @param limit zero, or at least what the service documents
     * @return this
     * @throws IllegalArgumentException if the pace is bounded by attempts, or the limit is negative
     */
    public B patience(Pace pace, Duration limit) {
        policy.patience(pace, limit);
        return self();
    }

    /**
     * The longest retry-after that is waited for.
     *
     * @param cap zero or more
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public B maxRetryAfter(Duration cap) {
        policy.maxRetryAfter(cap);
        return self();
    }

    /**
     * Changes the policy as a whole; presets use it.
     *
     * @param change what to do with the policy's builder
     * @return this
     */
    public B policy(Consumer<RetryPolicy.Builder> change) {
        change.accept(policy);
        return self();
    }
}
