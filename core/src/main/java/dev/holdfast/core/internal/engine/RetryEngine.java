package dev.holdfast.core.internal.engine;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.policy.RetrySafety;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides the next step of a call and never sleeps. Immutable and safe for several threads; what changes is in {@link RetryState}. */
public final class RetryEngine {
    /** A retry-after is followed by at most this much jitter, so that all who got it do not come back in the same instant. */
    private static final Duration HINT_SPREAD = Duration.ofSeconds(5);

    /** What a last attempt needs before the deadline: two round trips to a distant region, and time to answer. */
    private static final Duration LEAST_ATTEMPT = Duration.ofMillis(250);

    /** Asked for in every wait; the enum would make a copy for each. */
    private static final List<Pace> PACES = List.of(Pace.values());

    /**
     * So many connects that time out prove that nobody is there, on a link where an answer takes milliseconds. With a connect timeout of 2 s and this
     * longest wait in between, a call knows after 4.5 s.
     */
    private static final int CONNECT_TIMEOUTS = 2;

    private static final Duration CONNECT_AGAIN_WITHIN = Duration.ofMillis(500);

    private final RetryPolicy policy;
    private final RandomGenerator random;
    private final boolean linkLocal;

    /**
     * An engine of a service behind routers.
     *
     * @param policy the bounds
     * @param random the source of jitter
     */
    public RetryEngine(RetryPolicy policy, RandomGenerator random) {
        this(policy, random, false);
    }

    /**
     * An engine.
     *
     * @param policy the bounds
     * @param random the source of jitter
     * @param linkLocal whether the service is on the machine's own link
     */
    public RetryEngine(RetryPolicy policy, RandomGenerator random, boolean linkLocal) {
        this.linkLocal = linkLocal;
        this.policy = Objects.requireNonNull(policy, "policy must not be null");
        this.random = Objects.requireNonNull(random, "random must not be null");
    }

    /**
     * How long the next attempt may take.
     *
     * @param operationTimeout the operation's own attempt timeout, or null for the policy's
     * @param left what is left of the deadline
     * @return the timeout, cut to what is left; zero if nothing is left
     */
    public Duration attemptTimeout(@Nullable Duration operationTimeout, Duration left) {
        Duration usual = operationTimeout == null ? policy.attemptTimeout() : operationTimeout;
        return Durations.min(usual, left);
    }

    /**
     * What is left of the one deadline.
     *
     * @param progress the call so far
     * @param nowNanos the monotonic time
     * @return the time left, zero if the deadline has passed
     */
    public Duration timeLeft(RetryState progress, long nowNanos) {
        Duration left = left(progress, nowNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * The step after an attempt that did not succeed.
     *
     * @param progress the call so far; updated
     * @param decision what the answer or fault means
     * @param retrySafety when this request may be sent again
     * @param canRenew whether there is a source that can renew what the decision may ask for
     * @param nowNanos the monotonic time
     * @return the step
     */
    public NextStep next(
            RetryState progress, Decision decision, RetrySafety retrySafety, boolean canRenew, long nowNanos) {
        Verdict verdict = decision.verdict();
        boolean silent = progress.connects(decision);
        if (verdict instanceof Verdict.Fail) {
            return new NextStep.Stop(StopReason.FAILED);
        }
        if (verdict instanceof Verdict.Reauthenticate reauthenticate) {
            return renew(progress, reauthenticate, retrySafety, decision, canRenew);
        }
        if (!mayRepeat(retrySafety, decision)) {
            return new NextStep.Stop(StopReason.NOT_REPEATABLE);
        }
        if (progress.timesOut(decision)) {
            return new NextStep.Stop(StopReason.ATTEMPTS);
        }
        return retry(progress, (Verdict.Retry) verdict, silent, nowNanos);
    }

    private NextStep retry(RetryState progress, Verdict.Retry verdict, boolean silent, long nowNanos) {
        Pace pace = verdict.pace();
        RetryState.PaceState state = progress.state(pace, nowNanos);
        Duration patienceLeft = policy.patience(pace).minusNanos(nowNanos - state.sinceNanos());
        if (pace.boundedByPatience()) {
            if (patienceLeft.isNegative() || patienceLeft.isZero()) {
                return new NextStep.Stop(StopReason.PATIENCE);
            }
        } else if (progress.countBoundedFailure() >= policy.maxAttempts()) {
            return new NextStep.Stop(StopReason.ATTEMPTS);
        }
        boolean nobody = linkLocal && silent && !pace.boundedByPatience();
        if (nobody && progress.connectTimeouts() >= CONNECT_TIMEOUTS) {
            return new NextStep.Stop(StopReason.ATTEMPTS);
        }
        // A retry-after of zero allows what the backoff would do anyway.
        Duration retryAfter = verdict.after().orElse(Duration.ZERO);
        Duration left = left(progress, nowNanos);
        if (retryAfter.compareTo(policy.maxRetryAfter()) > 0
                || (!retryAfter.isZero() && retryAfter.compareTo(left) >= 0)) {
            return new NextStep.Stop(StopReason.RETRY_AFTER_TOO_LONG);
        }
        // A backoff may be the caller's own.
        Duration draw =
                Durations.max(Duration.ZERO, policy.backoff(pace).delay(state.waits(), state.previous(), random));
        if (nobody) {
            // The time-out itself was the wait; nobody is there whom a quick return could burden.
            draw = Durations.min(draw, CONNECT_AGAIN_WITHIN);
        }
        if (pace.boundedByPatience()) {
            // The last attempt is made when the patience ends, not one drawn wait before it.
            draw = Durations.min(draw, patienceLeft);
        }
        Duration wait = fitting(progress, retryAfter, Durations.max(atLeastRetryAfter(retryAfter), draw), left);
        if (wait == null) {
            return new NextStep.Stop(StopReason.DEADLINE);
        }
        state.waited(wait);
        return new NextStep.Retry(wait);
    }

    /**
     * Cuts a wait with a retry-after so that an attempt fits between its end and the deadline, but never below the retry-after. Returns null
     * where the wait does not fit: without a retry-after, and after a wait that was cut before.
     */
    private @Nullable Duration fitting(RetryState progress, Duration retryAfter, Duration wait, Duration left) {
        if (retryAfter.isZero()) {
            return wait.compareTo(left) < 0 ? wait : null;
        }
        Duration room = left.minus(Durations.min(LEAST_ATTEMPT, policy.attemptTimeout()));
        if (wait.compareTo(room) <= 0) {
            return wait;
        }
        // Once: a short retry-after would otherwise be repeated without backoff until the deadline.
        return progress.cutToDeadline() ? Durations.max(retryAfter, room) : null;
    }

    private static NextStep renew(
            RetryState progress,
            Verdict.Reauthenticate verdict,
            RetrySafety retrySafety,
            Decision decision,
            boolean canRenew) {
        if (progress.renewed(verdict.renewal())) {
            return new NextStep.Stop(StopReason.REFUSED_AGAIN);
        }
        if (!canRenew) {
            return new NextStep.Stop(StopReason.NO_CREDENTIAL);
        }
        if (retrySafety == RetrySafety.NEVER
                || (retrySafety == RetrySafety.IF_NOT_PROCESSED && decision.processed() == Processed.YES)) {
            return new NextStep.Stop(StopReason.NOT_REPEATABLE);
        }
        progress.markRenewed(verdict.renewal());
        return new NextStep.Renew(verdict.renewal());
    }

    private static boolean mayRepeat(RetrySafety retrySafety, Decision decision) {
        return retrySafety == RetrySafety.ALWAYS
                || (retrySafety == RetrySafety.IF_NOT_PROCESSED && decision.processed() == Processed.NO);
    }

    private Duration atLeastRetryAfter(Duration retryAfter) {
        long spread = Durations.min(retryAfter, HINT_SPREAD).toNanos();
        return retryAfter.plusNanos(Randomness.uniform(random, 0, spread));
    }

    /** What is left of the one deadline; a service's default is lifted by the patience of a pace that the call has met. */
    private Duration left(RetryState progress, long nowNanos) {
        long limit = Durations.saturatedNanos(policy.deadline());
        if (!policy.callersDeadline() && progress.hasLanes()) {
            for (Pace pace : PACES) {
                RetryState.PaceState state = progress.laneOrNull(pace);
                if (state != null && pace.boundedByPatience()) {
                    Duration needed = Duration.ofNanos(state.sinceNanos() - progress.startNanos())
                            .plus(policy.patience(pace))
                            .plus(policy.attemptTimeout());
                    limit = Math.max(limit, Durations.saturatedNanos(needed));
                }
            }
        }
        limit = Math.min(limit, progress.callersLimitNanos());
        return Duration.ofNanos(limit - (nowNanos - progress.startNanos()));
    }
}
