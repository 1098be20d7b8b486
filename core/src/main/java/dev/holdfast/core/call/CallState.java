package dev.holdfast.core.call;

import dev.holdfast.core.CallHistory;
import dev.holdfast.core.HoldfastListener;
import dev.holdfast.core.HoldfastListener.AttemptEvent;
import dev.holdfast.core.HoldfastListener.OutcomeEvent;
import dev.holdfast.core.HoldfastListener.ReauthenticateEvent;
import dev.holdfast.core.HoldfastListener.RetryEvent;
import dev.holdfast.core.Operation;
import dev.holdfast.core.Outcome;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialException;
import dev.holdfast.core.error.Answer;
import dev.holdfast.core.error.Decision;
import dev.holdfast.core.error.Kind;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.error.RequestView;
import dev.holdfast.core.error.Verdict;
import dev.holdfast.core.gate.Gate;
import dev.holdfast.core.gate.GateRefusedException;
import dev.holdfast.core.retry.NextStep;
import dev.holdfast.core.retry.Progress;
import dev.holdfast.core.retry.Replay;
import dev.holdfast.core.retry.RetryAccounts;
import dev.holdfast.core.retry.StopReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one state machine of a call. It is told what happened and says what to do next; it neither sends nor waits. One thread at a time
 * uses it: the driver sees to that.
 */
final class CallState<R> {
    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast.call");
    private static final Duration POLITE = Duration.ofSeconds(5);

    private final CallEngine engine;
    private final Port<R> port;
    private final RequestView request;
    private final Operation operation;
    private final Gate gate;
    private final Replay replay;
    private final Progress progress;
    private final boolean quiet;
    private @Nullable List<Throwable> faults;
    private @Nullable Tried last;
    private RetryAccounts.@Nullable Page page;
    private @Nullable Answer kept;
    private final @Nullable Renewals renewals;
    private boolean begun;
    private boolean entered;
    private boolean renewing;
    private long attemptStart;

    CallState(CallEngine engine, Port<R> port, CallPlan plan) {
        this.engine = engine;
        this.port = port;
        this.request = plan.request();
        this.operation = plan.operation();
        this.gate = plan.gate();
        this.replay = plan.replay();
        this.quiet = plan.options().quiet();
        this.renewals = Renewals.of(engine, operation, plan.options());
        this.progress = new Progress(engine.clock().nanoTime(), plan.limit());
    }

    /** A 2xx is not looked into unless the operation is known for successes that are none. */
    IntPredicate inspects() {
        return operation.inspectSuccess() ? status -> true : CallState::isError;
    }

    private static boolean isError(int status) {
        return status < 200 || status > 299;
    }

    /** Before the first attempt and after every wait. */
    Step<R> ready() {
        long now = begun ? engine.clock().nanoTime() : progress.startNanos();
        begun = true;
        Duration left = engine.retries().timeLeft(progress, now);
        if (left.isZero()) {
            return tooLate();
        }
        Duration paused = gate.pauseLeft(engine.random());
        if (!paused.isZero()) {
            return paused(paused, left);
        }
        // Before the gate: whoever waits for a token holds no place that its fetch may need.
        Step<R> waiting = awaitCredential(left);
        if (waiting != null) {
            return waiting;
        }
        return gate.tryEnter() ? admitted(now) : new Step.Enter<>(gate, left);
    }

    /** Null if it is there, or none is needed. */
    private @Nullable Step<R> awaitCredential(Duration left) {
        Renewals carried = renewals;
        CompletableFuture<Credential> coming = carried == null ? null : carried.current();
        if (carried == null || coming == null || carried.arrived(coming)) {
            return null;
        }
        leaveGate();
        return coming.isDone() ? credential(coming) : new Step.Await<>(coming, left);
    }

    /** Everybody keeps away from the endpoint for a while; who cannot wait for so long is told so at once. */
    private Step<R> paused(Duration length, Duration left) {
        return length.compareTo(left) >= 0 ? turnedAway() : new Step.Pause<>(length);
    }

    /** The gate let an attempt through, after a wait in which somebody else may have got a hint. */
    Step<R> admitted() {
        entered = true;
        long now = engine.clock().nanoTime();
        Duration paused = gate.pauseLeft(engine.random());
        if (!paused.isZero()) {
            leaveGate();
            return paused(paused, engine.retries().timeLeft(progress, now));
        }
        return admitted(now);
    }

    private Step<R> admitted(long now) {
        entered = true;
        attemptStart = now;
        Duration timeout = engine.retries().attemptTimeout(progress, operation.attemptTimeout(), now);
        if (timeout.isZero()) {
            return tooLate();
        }
        if (renewals == null) {
            return new Step.Send<>(timeout, Port.Changes.NONE);
        }
        // Once more, because it may have been replaced while the gate was waited for.
        Step<R> waiting = awaitCredential(engine.retries().timeLeft(progress, now));
        return waiting != null
                ? waiting
                : new Step.Send<>(timeout, renewals.changes(last == null ? 1 : last.number() + 1));
    }

    /** A credential was waited for: for this attempt, or in the place of a refused one. */
    Step<R> credential(CompletableFuture<Credential> coming) {
        Renewals waiting = Objects.requireNonNull(renewals);
        boolean came = waiting.arrived(coming);
        if (!came) {
            IOException missing = waiting.missing(engine.service().id(), coming);
            boolean refused = renewing && missing.getCause() instanceof CredentialException why && why.isTooSoon();
            return ended(refused ? StopReason.REFUSED_AGAIN : StopReason.NO_CREDENTIAL, missing);
        }
        renewing = false;
        return ready();
    }

    /** The deadline passed while a credential was waited for. */
    Step<R> credentialTooLate() {
        return ended(
                StopReason.DEADLINE, new InterruptedIOException("the deadline passed before a credential was there"));
    }

    /** The gate let no attempt through in time: the caller gets what there is. */
    Step<R> turnedAway() {
        String service = engine.service().id();
        return ended(StopReason.GATE_REFUSED, new GateRefusedException(service, operation.category()));
    }

    private Step<R> tooLate() {
        return ended(
                StopReason.DEADLINE, new InterruptedIOException("the deadline passed before an attempt could be made"));
    }

    /** No further attempt can be made: the last answer is better than an exception that hides it. */
    private Step<R> ended(StopReason reason, IOException otherwise) {
        leaveGate();
        Answer copy = kept;
        if (copy == null) {
            return raise(reason, otherwise);
        }
        return new Step.Deliver<>(
                port.attach(port.rebuild(copy), outcome(reason, engine.clock().nanoTime())));
    }

    private void leaveGate() {
        if (entered) {
            entered = false;
            gate.release();
        }
    }

    /** After an answer. */
    Step<R> received(Received<R> received) {
        Answer answer = received.answer();
        Decision decision = answer == null ? null : decide(received.status(), answer);
        if (decision == null) {
            return succeeded(received);
        }
        decision = renewals == null ? decision : renewals.masked(decision);
        long now = engine.clock().nanoTime();
        note(received.status(), null, decision, now);
        tellGate(received.status(), decision, now);
        boolean canRenew = renewals != null && renewals.refused(decision, Objects.requireNonNull(answer));
        NextStep next = affordable(engine.retries().next(progress, decision, replay, canRenew, now), decision);
        if (next instanceof NextStep.Renew renew) {
            kept = answer;
            port.discard(received.response());
            leaveGate();
            return renewed(renew.what(), decision, now);
        }
        if (next instanceof NextStep.Again again) {
            kept = answer;
            port.discard(received.response());
            leaveGate();
            return pause(again.delay(), decision);
        }
        Outcome outcome = outcome(((NextStep.Stop) next).reason(), now);
        return new Step.Deliver<>(port.attach(handedOut(received.response()), outcome));
    }

    private Step<R> renewed(Verdict.Renewal what, Decision decision, long now) {
        Tried refused = Objects.requireNonNull(last);
        if (page == null) {
            page = engine.accounts().open();
        }
        page.again(decision, Duration.ZERO);
        tell(listener -> listener.onReauthenticate(
                new ReauthenticateEvent(engine.service().id(), operation.id(), refused.number() + 1, what, decision)));
        renewing = true;
        CompletableFuture<Credential> coming = Objects.requireNonNull(renewals).renew(what, decision);
        return coming == null || coming.isDone()
                ? coming == null ? ready() : credential(coming)
                : new Step.Await<>(coming, engine.retries().timeLeft(progress, now));
    }

    /** After an attempt without an answer. */
    Step<R> failed(Throwable fault) {
        leaveGate();
        Decision decision = engine.decide(fault, request);
        long now = engine.clock().nanoTime();
        note(null, fault, decision, now);
        tellGate(null, decision, now);
        NextStep next = affordable(engine.retries().next(progress, decision, replay, false, now), decision);
        if (next instanceof NextStep.Again again) {
            faults = faults == null ? new ArrayList<>(2) : faults;
            faults.add(fault);
            kept = null;
            return pause(again.delay(), decision);
        }
        return raise(((NextStep.Stop) next).reason(), fault);
    }

    private void tellGate(@Nullable Integer status, Decision decision, long now) {
        if (!quiet) {
            FaultLog.met(gate, engine.service().id(), status, decision, now);
        }
        if (decision.kind() == Kind.THROTTLED) {
            gate.throttled();
        }
        Duration hint = decision.hint();
        if (hint != null && hint.compareTo(engine.policy().hintCap()) <= 0) {
            gate.pause(hint);
        }
    }

    /** Long waits under STARTUP and MAINTENANCE are polite already; everything else draws on the budget. */
    private NextStep affordable(NextStep next, Decision decision) {
        if (!engine.budget() || !(next instanceof NextStep.Again again)) {
            return next;
        }
        Pace pace = decision.pace();
        boolean free = pace != null && pace.boundedByPatience() && again.delay().compareTo(POLITE) >= 0;
        return free || gate.budget().trySpend(decision.kind() == Kind.THROTTLED)
                ? next
                : new NextStep.Stop(StopReason.BUDGET);
    }

    /** A place among the concurrent ones is given back when the caller has closed the body. */
    private R handedOut(R response) {
        if (!entered || gate.settings().concurrency() == 0) {
            return response;
        }
        entered = false;
        return port.onClosed(response, gate::release);
    }

    /** The call ends here, whatever it was doing. */
    Step<R> stopped(StopReason reason, Throwable thrown) {
        leaveGate();
        return raise(reason, thrown);
    }

    /** An answer came for a call that has ended: its connection is given back. */
    void late(Received<R> received) {
        port.discard(received.response());
        leaveGate();
    }

    private @Nullable Decision decide(int status, Answer answer) {
        return isError(status) ? engine.decide(answer, request) : engine.inspect(answer, request);
    }

    private Step<R> succeeded(Received<R> received) {
        HoldfastListener listener = engine.listener();
        gate.budget().succeeded();
        if (renewals != null) {
            renewals.accepted();
        }
        if (!quiet && gate.fault().lasts()) {
            FaultLog.succeeded(gate, engine.service().id(), engine.clock().nanoTime());
        }
        if (page == null) {
            engine.accounts().succeeded();
        } else {
            page.succeeded();
        }
        if (last == null && listener == HoldfastListener.NONE) {
            if (LOG.isDebugEnabled()) {
                LOG.debug("{} {} attempt 1: {}", engine.service().id(), operation.id(), received.status());
            }
            return new Step.Deliver<>(handedOut(received.response()));
        }
        boolean first = last == null;
        long now = engine.clock().nanoTime();
        note(received.status(), null, null, now);
        Outcome outcome = outcome(StopReason.SUCCEEDED, now);
        R response = handedOut(received.response());
        return new Step.Deliver<>(first ? response : port.attach(response, outcome));
    }

    private void note(@Nullable Integer status, @Nullable Throwable fault, @Nullable Decision decision, long now) {
        Tried tried = new Tried(
                last,
                status,
                fault == null ? null : fault.getClass().getSimpleName(),
                decision,
                attemptStart - progress.startNanos(),
                now - attemptStart);
        last = tried;
        if (decision == null && LOG.isDebugEnabled()) {
            LOG.debug("{} {} attempt {}: {}", engine.service().id(), operation.id(), tried.number(), status);
        } else if (decision != null && LOG.isDebugEnabled()) {
            LOG.debug(
                    "{} {} attempt {}: {} {} by {}",
                    engine.service().id(),
                    operation.id(),
                    tried.number(),
                    status == null ? Objects.requireNonNull(fault).getClass().getSimpleName() : status,
                    decision.kind().id(),
                    decision.rule());
        }
        tell(listener -> listener.onAttempt(new AttemptEvent(engine.service().id(), operation.id(), tried.attempt())));
    }

    private Step<R> pause(Duration wait, Decision decision) {
        Tried tried = Objects.requireNonNull(last);
        if (page == null) {
            page = engine.accounts().open();
        }
        page.again(decision, wait);
        port.pausing();
        tried.pausedFor(wait);
        tell(listener -> listener.onRetryScheduled(
                new RetryEvent(engine.service().id(), operation.id(), tried.number() + 1, wait, decision)));
        return new Step.Pause<>(wait);
    }

    private Step<R> raise(StopReason reason, Throwable thrown) {
        Outcome outcome = outcome(reason, engine.clock().nanoTime());
        for (Throwable earlier : faults == null ? List.<Throwable>of() : faults) {
            if (earlier != thrown) {
                thrown.addSuppressed(earlier);
            }
        }
        CallHistory.attach(thrown, outcome);
        return new Step.Raise<>(thrown);
    }

    private Outcome outcome(StopReason reason, long now) {
        Outcome outcome = Outcome.of(engine.service().id(), operation.id(), reason)
                .withAttempts(Tried.attempts(last))
                .withTotal(Duration.ofNanos(now - progress.startNanos()));
        if (!outcome.succeeded()) {
            if (page == null) {
                page = engine.accounts().open();
            }
            page.stopped(reason);
        }
        if (!outcome.succeeded() && LOG.isDebugEnabled()) {
            LOG.debug("{}", outcome);
        }
        tell(listener -> listener.onOutcome(new OutcomeEvent(outcome)));
        return outcome;
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

    static IOException canceled() {
        return new IOException("Canceled");
    }
}
