package dev.holdfast.core.internal.call;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.engine.NextStep;
import dev.holdfast.core.internal.engine.RetryState;
import dev.holdfast.core.internal.limit.Waiter;
import dev.holdfast.core.internal.outcome.UnusableAnswerException;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.RequestNotPermittedException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Operation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The state machine of one call. Each method is told what happened and returns the next step; none sends and none waits. One thread at a time uses it. */
final class CallMachine<R> {
    private final CallEngine engine;
    private final Transport<R> transport;
    private final RequestView request;
    private final Operation operation;
    private final RetrySafety retrySafety;
    private final RetryState progress;
    private final PermitLease permit;
    private final @Nullable CallCredentials credentials;

    /** Made for the first thing to report. A success at once has none, which spares it 40 B of its 1,210 B (JMH, 2026-11-29). */
    private @Nullable CallReporter reporter;

    /** The last error response, in case no further attempt can be made. */
    private @Nullable ResponseView kept;

    private final boolean oneShot;
    private long attemptStartNanos;
    private boolean freshMade;
    private boolean begun;
    private boolean renewing;

    /** A credential was waited for and has come, so that the next attempt need not ask for it again. */
    private boolean credentialCame;

    CallMachine(CallEngine engine, Transport<R> transport, CallContext context) {
        this.engine = engine;
        this.transport = transport;
        // The context itself is not kept: a waiting call then holds 40 B less.
        this.request = context.request();
        this.operation = context.operation();
        this.retrySafety = context.retrySafety();
        this.oneShot = context.oneShot();
        this.progress = new RetryState(engine.timeSource().nanoTime(), context.limit(), operation.mostTimeouts());
        this.permit = new PermitLease(engine, context);
        this.credentials = CallCredentials.of(engine, operation, context.options());
    }

    /** Before the first attempt and after every wait: deadline, pause of the endpoint, credential, permit. */
    Step<R> ready() {
        long now = begun ? engine.timeSource().nanoTime() : progress.startNanos();
        begun = true;
        boolean asked = credentialCame;
        // A pause may follow from here, and after it the credential may be another.
        credentialCame = false;
        Duration left = engine.retries().timeLeft(progress, now);
        if (left.isZero()) {
            return tooLate("an attempt could be made");
        }
        Duration paused = permit.pauseLeft(left);
        if (!paused.isZero()) {
            return paused(paused, left);
        }
        // Before the permit: a call that waits for a token must not hold a permit that the token's fetch may need.
        Step<R> waiting = asked ? null : awaitCredential(left);
        if (waiting != null) {
            return waiting;
        }
        return permit.tryEnter() ? send(now, left) : new Step.AcquirePermit<>(permit.limiter(), left);
    }

    /** The limiter granted a permit after a wait: during the wait the endpoint may have asked for a pause, and the credential may have changed. */
    Step<R> admitted(Waiter waiter) {
        permit.entered(waiter.permit());
        long now = engine.timeSource().nanoTime();
        Duration left = engine.retries().timeLeft(progress, now);
        Duration paused = permit.pauseLeft(left);
        if (!paused.isZero()) {
            permit.release();
            return paused(paused, left);
        }
        Step<R> waiting = awaitCredential(left);
        return waiting != null ? waiting : send(now, left);
    }

    /** Waits until the endpoint may be asked again, or ends at once where the pause exceeds what is left of the deadline. */
    private Step<R> paused(Duration length, Duration left) {
        return length.compareTo(left) >= 0 ? notPermitted() : new Step.Pause<>(length);
    }

    /** Asks for the current credential. Returns null if it is there, or if none is needed. */
    private @Nullable Step<R> awaitCredential(Duration left) {
        CallCredentials carried = credentials;
        CompletableFuture<Credential> coming = carried == null ? null : carried.current();
        if (carried == null || coming == null || carried.arrived(coming)) {
            return null;
        }
        permit.release();
        return coming.isDone() ? credential(coming) : new Step.AwaitCredential<>(coming, left);
    }

    private Step<R> send(long asked, Duration before) {
        // A source that blocks has used up some of the deadline.
        attemptStartNanos = credentials == null ? asked : CallCredentials.startAfter(asked, engine.timeSource());
        Duration left = attemptStartNanos == asked ? before : engine.retries().timeLeft(progress, attemptStartNanos);
        if (left.isZero()) {
            return tooLate("an attempt could be made");
        }
        Duration timeout =
                permit.attempt(attemptStartNanos, engine.retries().attemptTimeout(operation.attemptTimeout(), left));
        int number = reporter == null ? 1 : reporter.nextNumber();
        return new Step.Send<>(timeout, credentials == null ? Transport.Changes.NONE : credentials.changes(number));
    }

    /** Prepares the attempt of a step. */
    Transport.Exchange<R> exchange(Step.Send<R> send) {
        return transport.exchange(send.timeout(), Classification.inspects(engine.service(), operation), send.changes());
    }

    /** A credential was waited for: the first one, or the successor of a rejected one. */
    Step<R> credential(CompletableFuture<Credential> coming) {
        CallCredentials waiting = Objects.requireNonNull(credentials);
        if (!waiting.arrived(coming)) {
            IOException missing = waiting.missing(engine.service().id(), coming);
            boolean refused = renewing && missing.getCause() instanceof CredentialException why && why.isTooSoon();
            return ended(refused ? StopReason.REFUSED_AGAIN : StopReason.NO_CREDENTIAL, missing);
        }
        renewing = false;
        credentialCame = true;
        return ready();
    }

    /** An attempt received a response. */
    Step<R> received(AttemptResponse<R> received) throws IOException {
        return Classification.of(received, engine, request) instanceof Classification.Failure failure
                ? failed(received.response(), failure)
                : succeeded(received);
    }

    /** Reads first: a body that breaks off under the library itself makes the attempt a failure. */
    private Step<R> succeeded(AttemptResponse<R> received) throws IOException {
        transport.read(received.response());
        permit.succeeded();
        if (credentials != null) {
            credentials.accepted();
        }
        boolean atOnce = reporter == null && attemptStartNanos == progress.startNanos();
        if (atOnce && engine.listener() == HoldfastListener.NONE) {
            CallReporter.succeededAtOnce(engine, operation, received.status());
            return new Step.Return<>(permit.handOut(transport, received.response()));
        }
        Outcome outcome = reporter().succeeded(received.status(), attemptStartNanos);
        R response = permit.handOut(transport, received.response());
        return new Step.Return<>(outcome == null ? response : transport.attach(response, outcome));
    }

    private Step<R> failed(R response, Classification.Failure failure) {
        ResponseView view = failure.view();
        Decision decision = CallCredentials.told(failure, engine, operation, request, credentials);
        long now = engine.timeSource().nanoTime();
        reporter().failed(view.status(), decision, attemptStartNanos, now);
        permit.failed(view.status(), decision, now);
        boolean canRenew = credentials != null && credentials.refused(decision, () -> engine.serverTime(view));
        NextStep next = next(decision, canRenew, now);
        if (next instanceof NextStep.Stop stop) {
            Outcome outcome = reporter().ended(stop.reason(), now);
            return new Step.Return<>(transport.attach(permit.handOut(transport, response), outcome));
        }
        // Connection and permit are given back before any wait: the fetch of a credential may need both.
        kept = view.unread();
        transport.discard(response);
        permit.release();
        return next instanceof NextStep.Renew renew
                ? renew(renew.what(), decision, now)
                : pause(((NextStep.Retry) next).delay(), decision);
    }

    /** An attempt received no response. */
    Step<R> failed(Throwable thrown, AttemptFacts facts) {
        Decision decision = engine.decide(thrown, request, facts);
        Throwable fault = UnusableAnswerException.reason(thrown);
        long now = engine.timeSource().nanoTime();
        reporter().failed(fault, decision, attemptStartNanos, now);
        kept = null;
        Duration left = engine.retries().timeLeft(progress, now);
        if (!freshMade && !left.isZero() && FreshConnection.follows(facts, fault, decision, retrySafety, oneShot)) {
            freshMade = true;
            reporter().retriesOnFreshConnection(decision);
            transport.leavePool(facts.http2());
            // The permit is kept: the attempt that it was for has not come to the service.
            return send(now, left);
        }
        permit.release();
        permit.failed(null, decision, now);
        NextStep next = next(decision, false, now);
        if (next instanceof NextStep.Stop stop) {
            return stop(stop.reason(), fault);
        }
        return pause(SilentConnection.wait(((NextStep.Retry) next).delay(), facts, fault, left), decision);
    }

    private NextStep next(Decision decision, boolean canRenew, long now) {
        NextStep next = engine.retries().next(progress, decision, retrySafety, canRenew, now);
        return engine.budget() ? permit.affordable(next, decision) : next;
    }

    private Step<R> pause(Duration wait, Decision decision) {
        transport.pausing();
        reporter().retries(wait, decision);
        return new Step.Pause<>(wait);
    }

    private Step<R> renew(Verdict.Renewal what, Decision decision, long now) {
        reporter().renews(what, decision);
        renewing = true;
        var coming = Objects.requireNonNull(credentials).renew(what, decision);
        if (coming == null) {
            return ready();
        }
        return coming.isDone()
                ? credential(coming)
                : new Step.AwaitCredential<>(coming, engine.retries().timeLeft(progress, now));
    }

    /** The limiter granted no permit before the deadline. */
    Step<R> notPermitted() {
        return ended(
                StopReason.NOT_PERMITTED,
                new RequestNotPermittedException(engine.service().id(), operation.category()));
    }

    /** The deadline passed while a credential was waited for. */
    Step<R> credentialTooLate() {
        return tooLate("a credential was there");
    }

    private Step<R> tooLate(String what) {
        return ended(StopReason.DEADLINE, new InterruptedIOException("the deadline passed before " + what));
    }

    /** No further attempt can be made. The last response is returned if there is one: an exception would hide it. */
    private Step<R> ended(StopReason reason, IOException otherwise) {
        ResponseView copy = kept;
        if (copy == null) {
            return stop(reason, otherwise);
        }
        permit.release();
        Outcome outcome = reporter().ended(reason, engine.timeSource().nanoTime());
        return new Step.Return<>(transport.attach(transport.rebuild(copy), outcome));
    }

    /** The call was cancelled, at whatever point. */
    Step<R> cancelled() {
        return stop(StopReason.CANCELLED, FaultRouting.canceled());
    }

    /** The call ends here with an exception, at whatever point. */
    Step<R> stop(StopReason reason, Throwable thrown) {
        permit.release();
        return new Step.Throw<>(reporter().raised(reason, thrown));
    }

    /** A response came for a call that has ended: connection and permit are given back. */
    void late(AttemptResponse<R> received) {
        transport.discard(received.response());
        permit.release();
    }

    private CallReporter reporter() {
        if (reporter == null) {
            reporter = new CallReporter(engine, operation, progress.startNanos());
        }
        return reporter;
    }

    CallEngine engine() {
        return engine;
    }

    Transport<R> transport() {
        return transport;
    }
}
