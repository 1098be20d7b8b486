package dev.holdfast.core.retry;

import dev.holdfast.core.backoff.Backoff;
import dev.holdfast.core.error.Decision;
import dev.holdfast.core.error.DidNothing;
import dev.holdfast.core.error.Kind;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.error.Verdict;
import dev.holdfast.core.time.Randomness;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call on an engine, with a clock that only moves when it is told to. */
final class EngineBench {
    static final Verdict RENEW = Verdict.reauthenticate(Verdict.Renewal.CREDENTIAL);

    private static final long START = Long.MAX_VALUE - 1_000;

    final RetryEngine engine;
    final Progress progress;
    Replay replay = Replay.SAFE;
    boolean canRenew = true;
    private long now = START;

    EngineBench(RetryPolicy policy) {
        this(policy, null);
    }

    /** The start is such that the monotonic clock overflows during the call, as it may. */
    EngineBench(RetryPolicy policy, @Nullable Duration callersLimit) {
        engine = new RetryEngine(policy, Randomness.seeded(1));
        progress = new Progress(START, callersLimit);
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
        return decision(Verdict.retry(), pace, null, DidNothing.UNKNOWN);
    }

    static Decision hinted(Pace pace, Duration hint) {
        return decision(Verdict.retry(), pace, hint, DidNothing.UNKNOWN);
    }

    static Decision decision(Verdict verdict, @Nullable Pace pace, @Nullable Duration hint, DidNothing nothing) {
        return Decision.of(verdict, Kind.UNAVAILABLE, "rule", "advice", "source")
                .withPace(pace)
                .withHint(hint)
                .withDidNothing(nothing);
    }

    NextStep next(Decision decision) {
        return engine.next(progress, decision, replay, canRenew, now);
    }

    /** The wait, which is then over. */
    Duration waited(Decision decision) {
        NextStep step = next(decision);
        if (step instanceof NextStep.Again again) {
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
        return engine.attemptTimeout(progress, operations, now);
    }
}
