package dev.holdfast.core.internal.call;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.engine.NextStep;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.limit.OutageLog;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Operation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The permit that one call holds while an attempt is under way, and all that the call tells its limiter. Used by one thread at a time: the
 * driver of the call.
 */
final class PermitLease {
    private final CallEngine engine;
    private final Operation operation;
    private final RequestView request;
    private final EndpointLimiter limiter;

    /** Whether outages are not logged: of a probe, an absent service is no outage. */
    private final boolean quiet;

    private EndpointLimiter.Permit held = EndpointLimiter.Permit.NONE;

    /** When the time of the last attempt is over. */
    private long attemptEndNanos;

    PermitLease(CallEngine engine, CallContext context) {
        this.engine = engine;
        this.operation = context.operation();
        this.request = context.request();
        this.limiter = context.limiter();
        this.quiet = context.options().quiet();
    }

    EndpointLimiter limiter() {
        return limiter;
    }

    /** Returns how long attempts keep away because of a retry-after that some call received; zero if they need not. */
    Duration pauseLeft(Duration left) {
        return limiter.mayBePaused()
                ? limiter.pauseLeft(scope(), engine.policy().maxRetryAfter(), left, engine.random())
                : Duration.ZERO;
    }

    private String scope() {
        return engine.throttleScope(request);
    }

    /** Takes a permit if it is granted at once. */
    boolean tryEnter() {
        held = limiter.tryEnter();
        return held != EndpointLimiter.Permit.NONE;
    }

    /** The driver waited for the permit, and the limiter granted it. */
    void entered(EndpointLimiter.Permit granted) {
        held = granted;
    }

    /** Gives the permit back. Without one, does nothing: every way out of an attempt may call this. */
    void release() {
        if (held == EndpointLimiter.Permit.COUNTED) {
            limiter.release();
        }
        held = EndpointLimiter.Permit.NONE;
    }

    /** An attempt begins. Returns its timeout. */
    Duration attempt(long startNanos, Duration timeout) {
        attemptEndNanos = startNanos + Durations.saturatedNanos(timeout);
        return timeout;
    }

    /** Hands the permit out with a response: it is given back when the caller has closed the body, or when the attempt's time is over. */
    <R> R handOut(Transport<R> transport, R response) {
        if (held != EndpointLimiter.Permit.COUNTED) {
            return response;
        }
        held = EndpointLimiter.Permit.NONE;
        HandedOutPermit permit = new HandedOutPermit(limiter);
        R handedOut = transport.onClosed(response, permit);
        Duration left = Duration.ofNanos(attemptEndNanos - engine.timeSource().nanoTime());
        permit.boundBy(engine, operation, left);
        return handedOut;
    }

    /** An attempt succeeded: the budget is refilled, and an outage is over. */
    void succeeded() {
        limiter.budget().succeeded();
        if (!quiet && limiter.outage().isOpen()) {
            OutageLog.succeeded(
                    limiter, engine.service().id(), engine.timeSource().nanoTime());
        }
    }

    /** An attempt failed: an outage may begin, the limiter slows down after a throttle and pauses for a retry-after. */
    void failed(@Nullable Integer status, Decision decision, long nowNanos) {
        if (!quiet) {
            OutageLog.met(limiter, engine.service().id(), status, decision, nowNanos);
        }
        if (decision.kind() == ErrorKind.THROTTLED) {
            limiter.throttled();
        }
        // A longer one ends this call; other calls must not wait for what this call would not wait for.
        if (decision.verdict() instanceof Verdict.Retry retry && !isTooLong(retry)) {
            retry.after().ifPresent(after -> limiter.pause(scope(), after));
        }
    }

    private boolean isTooLong(Verdict.Retry retry) {
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
