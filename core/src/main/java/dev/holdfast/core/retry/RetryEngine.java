package dev.holdfast.core.retry;

import dev.holdfast.core.error.Decision;
import dev.holdfast.core.error.DidNothing;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.error.Verdict;
import dev.holdfast.core.time.Durations;
import dev.holdfast.core.time.Randomness;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides the next step of a call and never sleeps. Immutable and safe for several threads; what changes is in {@link Progress}. */
public final class RetryEngine {
    /** A hint is followed by at most this much jitter, so that all who got it do not come back in the same instant. */
    private static final Duration HINT_SPREAD = Duration.ofSeconds(5);

    /** Asked for in every wait; the enum would make a copy for each. */
    private static final List<Pace> PACES = List.of(Pace.values());

    private final RetryPolicy policy;
    private final RandomGenerator random;

    /**
     * An engine.
     *
     * @param policy the bounds
     * @param random the source of jitter
     */
    public RetryEngine(RetryPolicy policy, RandomGenerator random) {
        this.policy = Objects.requireNonNull(policy, "policy must not be null");
        this.random = Objects.requireNonNull(random, "random must not be null");
    }

    /**
     * How long the next attempt may take.
     *
     * @param progress the call so far
     * @param operationTimeout the operation's own attempt timeout, or null for the policy's
     * @param nowNanos the monotonic time
     * @return the timeout, cut to what is left of the deadline; zero if nothing is left
     */
    public Duration attemptTimeout(Progress progress, @Nullable Duration operationTimeout, long nowNanos) {
        Duration usual = operationTimeout == null ? policy.attemptTimeout() : operationTimeout;
        return Durations.min(usual, timeLeft(progress, nowNanos));
    }

    /**
     * What is left of the one deadline.
     *
     * @param progress the call so far
     * @param nowNanos the monotonic time
     * @return the time left, zero if the deadline has passed
     */
    public Duration timeLeft(Progress progress, long nowNanos) {
        Duration left = left(progress, nowNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * The step after an attempt that did not succeed.
     *
     * @param progress the call so far; updated
     * @param decision what the answer or fault means
     * @param replay when this request may be sent again
     * @param canRenew whether there is a source that can renew what the decision may ask for
     * @param nowNanos the monotonic time
     * @return the step
     */
    public NextStep next(Progress progress, Decision decision, Replay replay, boolean canRenew, long nowNanos) {
        Verdict verdict = decision.verdict();
        if (verdict instanceof Verdict.Fail) {
            return new NextStep.Stop(StopReason.FAILED);
        }
        if (verdict instanceof Verdict.Reauthenticate reauthenticate) {
            return renew(progress, reauthenticate, replay, decision, canRenew);
        }
        if (!mayRepeat(replay, decision)) {
            return new NextStep.Stop(StopReason.NOT_REPEATABLE);
        }
        Pace pace = Objects.requireNonNull(decision.pace());
        Progress.Lane lane = progress.lane(pace, nowNanos);
        Duration patienceLeft = policy.patience(pace).minusNanos(nowNanos - lane.sinceNanos());
        if (pace.boundedByPatience()) {
            if (patienceLeft.isNegative() || patienceLeft.isZero()) {
                return new NextStep.Stop(StopReason.PATIENCE);
            }
        } else if (progress.countBoundedFailure() >= policy.maxAttempts()) {
            return new NextStep.Stop(StopReason.ATTEMPTS);
        }
        // A hint of zero allows what the backoff would do anyway.
        Duration hint = decision.hint() == null ? Duration.ZERO : decision.hint();
        boolean hinted = !hint.isZero();
        if (hint.compareTo(policy.hintCap()) > 0) {
            return new NextStep.Stop(StopReason.HINT_TOO_LONG);
        }
        Duration wait = hinted ? afterHint(hint) : policy.backoff(pace).delay(lane.waits(), lane.previous(), random);
        if (pace.boundedByPatience() && !hinted) {
            // The last attempt is made when the patience ends, not one drawn wait before it.
            wait = Durations.min(wait, patienceLeft);
        }
        if (wait.compareTo(left(progress, nowNanos)) >= 0) {
            return new NextStep.Stop(hinted ? StopReason.HINT_TOO_LONG : StopReason.DEADLINE);
        }
        lane.waited(wait);
        return new NextStep.Again(wait);
    }

    private static NextStep renew(
            Progress progress, Verdict.Reauthenticate verdict, Replay replay, Decision decision, boolean canRenew) {
        if (progress.renewed(verdict.what())) {
            return new NextStep.Stop(StopReason.REFUSED_AGAIN);
        }
        if (!canRenew) {
            return new NextStep.Stop(StopReason.NO_CREDENTIAL);
        }
        if (replay == Replay.NEVER || (replay == Replay.IF_REFUSED && decision.didNothing() == DidNothing.NO)) {
            return new NextStep.Stop(StopReason.NOT_REPEATABLE);
        }
        progress.markRenewed(verdict.what());
        return new NextStep.Renew(verdict.what());
    }

    private static boolean mayRepeat(Replay replay, Decision decision) {
        return replay == Replay.SAFE || (replay == Replay.IF_REFUSED && decision.didNothing() == DidNothing.YES);
    }

    private Duration afterHint(Duration hint) {
        long spread = Durations.min(hint, HINT_SPREAD).toNanos();
        return hint.plusNanos(Randomness.uniform(random, 0, spread));
    }

    /** What is left of the one deadline; a service's default is lifted by the patience of a pace that the call has met. */
    private Duration left(Progress progress, long nowNanos) {
        long limit = Durations.saturatedNanos(policy.deadline());
        if (!policy.callersDeadline() && progress.hasLanes()) {
            for (Pace pace : PACES) {
                Progress.Lane lane = progress.laneOrNull(pace);
                if (lane != null && pace.boundedByPatience()) {
                    Duration needed = Duration.ofNanos(lane.sinceNanos() - progress.startNanos())
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
