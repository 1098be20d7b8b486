package dev.holdfast.core.internal.engine;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.policy.RetrySafety;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call on an engine, with a clock that only moves when it is told to. */
final class EngineBench {
    static final Verdict RENEW = Verdict.reauthenticate(Verdict.Renewal.CREDENTIAL);

    private static final long START = Long.MAX_VALUE - 1_000;

    final RetryEngine engine;
    final RetryState progress;
    RetrySafety retrySafety = RetrySafety.ALWAYS;
    boolean canRenew = true;
    private long now = START;

    EngineBench(RetryPolicy policy) {
        this(policy, null);
    }

    /** The start is such that the monotonic clock overflows during the call, as it may. */
    EngineBench(RetryPolicy policy, @Nullable Duration callersLimit) {
        engine = new RetryEngine(policy, Randomness.seeded(1));
        progress = new RetryState(START, callersLimit);
    }

    /** A policy whose waits are the same in every run. */
    static RetryPolicy.Builder fixed(Duration wait) {
        RetryPolicy.Builder builder = RetryPolicy.builder();
        for (Pace pace : Pace.values()) {
            builder.backoff(pace, Backoff.fixed(wait));
        }
        return builder;
    }

    static Decision retry(Pace pace) {
        return decision(Verdict.retry(pace), Processed.UNKNOWN);
    }

    static Decision hinted(Pace pace, Duration retryAfter) {
        return decision(Verdict.retry(pace, retryAfter), Processed.UNKNOWN);
    }

    static Decision decision(Verdict verdict, Processed nothing) {
        return Decision.of(verdict, ErrorKind.UNAVAILABLE, "rule", "advice", "source")
                .withProcessed(nothing);
    }

    NextStep next(Decision decision) {
        return engine.next(progress, decision, retrySafety, canRenew, now);
    }

    /** The wait, which is then over. */
    Duration waited(Decision decision) {
        NextStep step = next(decision);
        if (step instanceof NextStep.Retry again) {
            passes(again.delay());
            return again.delay();
        }
        throw new AssertionError("no wait but " + step);
    }

    StopReason stopped(Decision decision) {
        NextStep step = next(decision);
        if (step instanceof NextStep.Stop stop) {
            return stop.reason();
        }
        throw new AssertionError("no stop but " + step);
    }

    void passes(Duration time) {
        now += time.toNanos();
    }

    Duration elapsed() {
        return Duration.ofNanos(now - START);
    }

    Duration attemptTimeout(@Nullable Duration operations) {
        return engine.attemptTimeout(operations, engine.timeLeft(progress, now));
    }
}
