package dev.holdfast.core.internal.call;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.engine.NextStep;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.limit.OutageLog;
import dev.holdfast.core.outcome.StopReason;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The permit that one call holds while an attempt is under way, and all that the call tells its limiter. Used by one thread at a time: the
 * driver of the call.
 */
final class PermitLease {
    private final EndpointLimiter limiter;

    /** Whether outages are not logged: of a probe, an absent service is no outage. */
    private final boolean quiet;

    private boolean held;

    PermitLease(EndpointLimiter limiter, boolean quiet) {
        this.limiter = limiter;
        this.quiet = quiet;
    }

    EndpointLimiter limiter() {
        return limiter;
    }

    /** Returns how long attempts keep away because of a retry-after that some call received; zero if they need not. */
    Duration pauseLeft(RandomGenerator random) {
        return limiter.pauseLeft(random);
    }

    /** Takes a permit if it is granted at once. */
    boolean tryEnter() {
        held = limiter.tryEnter();
        return held;
    }

    /** The driver waited for the permit, and the limiter granted it. */
    void entered() {
        held = true;
    }

    /** Gives the permit back. Without one, does nothing: every way out of an attempt may call this. */
    void release() {
        if (held) {
            held = false;
            limiter.release();
        }
    }

    /** Hands the permit out with a response: it is given back when the caller has closed the body. */
    <R> R handOut(Transport<R> transport, R response) {
        if (!held || limiter.settings().concurrency() == 0) {
            return response;
        }
        held = false;
        return transport.onClosed(response, limiter::release);
    }

    /** An attempt succeeded: the budget is refilled, and an outage is over. */
    void succeeded(CallEngine engine) {
        limiter.budget().succeeded();
        if (!quiet && limiter.outage().isOpen()) {
            OutageLog.succeeded(
                    limiter, engine.service().id(), engine.timeSource().nanoTime());
        }
    }

    /** An attempt failed: an outage may begin, the limiter slows down after a throttle and pauses for a retry-after. */
    void failed(CallEngine engine, @Nullable Integer status, Decision decision, long nowNanos) {
        if (!quiet) {
            OutageLog.met(limiter, engine.service().id(), status, decision, nowNanos);
        }
        if (decision.kind() == ErrorKind.THROTTLED) {
            limiter.throttled();
        }
        // A longer one ends this call; other calls must not wait for what this call would not wait for.
        if (decision.verdict() instanceof Verdict.Retry retry && !isTooLong(retry, engine)) {
            retry.after().ifPresent(limiter::pause);
        }
    }

    private static boolean isTooLong(Verdict.Retry retry, CallEngine engine) {
        return retry.after().orElse(Duration.ZERO).compareTo(engine.policy().maxRetryAfter()) > 0;
    }

    /** Draws a retry from the budget. Waits that patience bounds cost nothing: they are announced, and end by themselves. */
    NextStep affordable(NextStep next, Decision decision) {
        if (!(next instanceof NextStep.Retry)) {
            return next;
        }
        boolean patient = decision.verdict() instanceof Verdict.Retry retry
                && retry.pace().boundedByPatience();
        return patient || limiter.budget().trySpend(decision.kind() == ErrorKind.THROTTLED)
                ? next
                : new NextStep.Stop(StopReason.BUDGET);
    }
}
