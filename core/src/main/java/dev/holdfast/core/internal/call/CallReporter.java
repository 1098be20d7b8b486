package dev.holdfast.core.internal.call;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.engine.Resilience4jRecorder;
import dev.holdfast.core.internal.outcome.OutcomeSuppressed;
import dev.holdfast.core.internal.outcome.OwnFault;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.HoldfastListener.AttemptEvent;
import dev.holdfast.core.outcome.HoldfastListener.OutcomeEvent;
import dev.holdfast.core.outcome.HoldfastListener.ReauthenticateEvent;
import dev.holdfast.core.outcome.HoldfastListener.RetryEvent;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.service.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports what happens in one call: to the listener, the debug log, the recorder of resilience4j, and in the outcome. It
 * decides nothing. Used by one thread at a time: the driver of the call.
 */
final class CallReporter {
    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast.call");

    private final CallEngine engine;
    private final Operation operation;
    private final long startNanos;
    private @Nullable AttemptRecord last;

    /** Whether the attempt that is under way was made because a connection of the pool was dead. */
    private boolean freshConnection;

    /** The faults of all attempts so far, for the exception that may end the call. */
    private @Nullable List<Throwable> faults;

    private Resilience4jRecorder.@Nullable Recording recording;

    CallReporter(CallEngine engine, Operation operation, long startNanos) {
        this.engine = engine;
        this.operation = operation;
        this.startNanos = startNanos;
    }

    /** Reports a success at once that no listener hears of: there is no outcome to make. */
    static void succeededAtOnce(CallEngine engine, Operation operation, int status) {
        engine.recorder().succeeded();
        if (LOG.isDebugEnabled()) {
            LOG.debug("{} {} attempt 1: {}", engine.service().id(), operation.id(), status);
        }
    }

    /** Returns the number of the attempt after those that are over, from 1. */
    int nextNumber() {
        return last == null ? 1 : last.number() + 1;
    }

    /** An attempt received a response with an error in it. */
    void failed(int status, Decision decision, long attemptStartNanos, long nowNanos) {
        note(status, null, decision, attemptStartNanos, nowNanos);
    }

    /** An attempt received no response. */
    void failed(Throwable fault, Decision decision, long attemptStartNanos, long nowNanos) {
        // The class alone: a message may quote what was sent.
        String name = fault.getClass().getSimpleName();
        note(null, name, decision, attemptStartNanos, nowNanos);
        faults = faults == null ? new ArrayList<>(2) : faults;
        faults.add(fault);
    }

    /** An attempt succeeded. Returns the outcome, or null for a first attempt that waited for nothing: its response needs none. */
    @Nullable
    Outcome succeeded(int status, long attemptStartNanos) {
        boolean atOnce = last == null && attemptStartNanos == startNanos;
        if (recording == null) {
            engine.recorder().succeeded();
        } else {
            recording.succeeded();
        }
        long now = engine.timeSource().nanoTime();
        note(status, null, null, attemptStartNanos, now);
        Outcome outcome = ended(StopReason.SUCCEEDED, now);
        return atOnce ? null : outcome;
    }

    /** Another attempt follows after a wait. */
    void retries(Duration wait, Decision decision) {
        recording().again(decision, wait);
        Objects.requireNonNull(last).pausedFor(wait);
        tell(listener ->
                listener.onRetryScheduled(new RetryEvent(service(), operation.id(), nextNumber(), wait, decision)));
    }

    /** One further attempt follows at once, because a connection of the pool was dead. */
    void retriesOnFreshConnection(Decision decision) {
        retries(Duration.ZERO, decision);
        freshConnection = true;
    }

    /** Another attempt follows after a renewal. */
    void renews(Verdict.Renewal what, Decision decision) {
        recording().again(decision, Duration.ZERO);
        tell(listener -> listener.onReauthenticate(
                new ReauthenticateEvent(service(), operation.id(), nextNumber(), what, decision)));
    }

    /** The call ends with an exception: earlier faults and the outcome are attached to it. Returns the exception to throw. */
    Throwable raised(StopReason reason, Throwable fault) {
        Throwable thrown = OwnFault.of(fault);
        Outcome outcome = ended(reason, engine.timeSource().nanoTime());
        for (Throwable earlier : faults == null ? List.<Throwable>of() : faults) {
            // A client may throw the same exception twice, and no exception may suppress itself.
            if (earlier != thrown && earlier != fault) {
                thrown.addSuppressed(earlier);
            }
        }
        OutcomeSuppressed.attach(thrown, outcome);
        return thrown;
    }

    /** The call ends. Returns its outcome. */
    Outcome ended(StopReason reason, long nowNanos) {
        Outcome outcome = Outcome.of(service(), operation.id(), reason)
                .withAttempts(AttemptRecord.attempts(last))
                .withTotal(Duration.ofNanos(nowNanos - startNanos));
        if (!outcome.succeeded()) {
            recording().stopped(reason);
            if (LOG.isDebugEnabled()) {
                LOG.debug("{}", outcome);
            }
        }
        tell(listener -> listener.onOutcome(new OutcomeEvent(outcome)));
        return outcome;
    }

    private void note(
            @Nullable Integer status,
            @Nullable String fault,
            @Nullable Decision decision,
            long attemptStartNanos,
            long nowNanos) {
        AttemptRecord over = new AttemptRecord(
                last, status, fault, decision, attemptStartNanos - startNanos, nowNanos - attemptStartNanos);
        last = over;
        if (freshConnection) {
            over.onFreshConnection();
            freshConnection = false;
        }
        if (LOG.isDebugEnabled()) {
            Object result =
                    (over.isOnFreshConnection() ? "fresh connection, " : "") + (status == null ? fault : status);
            if (decision == null) {
                LOG.debug("{} {} attempt {}: {}", service(), operation.id(), over.number(), result);
            } else {
                LOG.debug(
                        "{} {} attempt {}: {} {} by {}",
                        service(),
                        operation.id(),
                        over.number(),
                        result,
                        decision.kind().id(),
                        decision.rule());
            }
        }
        tell(listener -> listener.onAttempt(new AttemptEvent(service(), operation.id(), over.attempt())));
    }

    /** Opened by the first failure: a success at once has no recording of its own. */
    private Resilience4jRecorder.Recording recording() {
        Resilience4jRecorder.Recording opened = recording;
        if (opened == null) {
            opened = engine.recorder().open();
            recording = opened;
        }
        return opened;
    }

    private String service() {
        return engine.service().id();
    }

    private void tell(Consumer<HoldfastListener> event) {
        HoldfastListener listener = engine.listener();
        if (listener == HoldfastListener.NONE) {
            return;
        }
        try {
            event.accept(listener);
        } catch (RuntimeException | Error e) {
            // A listener must not change what it watches.
            LOG.warn("The listener threw {}; the call goes on", e.getClass().getName());
        }
    }
}
