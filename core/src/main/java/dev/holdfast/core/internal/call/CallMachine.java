package dev.holdfast.core.internal.call;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.engine.NextStep;
import dev.holdfast.core.internal.engine.Resilience4jRecorder;
import dev.holdfast.core.internal.engine.RetryState;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.limit.OutageLog;
import dev.holdfast.core.internal.outcome.OutcomeSuppressed;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.HoldfastListener.AttemptEvent;
import dev.holdfast.core.outcome.HoldfastListener.OutcomeEvent;
import dev.holdfast.core.outcome.HoldfastListener.ReauthenticateEvent;
import dev.holdfast.core.outcome.HoldfastListener.RetryEvent;
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
final class CallMachine<R> {
    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast.call");
    private static final Duration POLITE = Duration.ofSeconds(5);

    private final CallEngine engine;
    private final Transport<R> transport;
    private final RequestView request;
    private final Operation operation;
    private final EndpointLimiter limiter;
    private final RetrySafety retrySafety;
    private final RetryState progress;
    private final boolean quiet;
    private @Nullable List<Throwable> faults;
    private @Nullable AttemptRecord last;
    private Resilience4jRecorder.@Nullable Recording recording;
    private @Nullable ResponseView kept;
    private final @Nullable CallCredentials credentials;
    private boolean begun;
    private boolean entered;
    private boolean renewing;
    private long attemptStart;

    CallMachine(CallEngine engine, Transport<R> transport, CallContext context) {
        this.engine = engine;
        this.transport = transport;
        this.request = context.request();
        this.operation = context.operation();
        this.limiter = context.limiter();
        this.retrySafety = context.retrySafety();
        this.quiet = context.options().quiet();
        this.credentials = CallCredentials.of(engine, operation, context.options());
        this.progress = new RetryState(engine.timeSource().nanoTime(), context.limit());
    }

    /** A 2xx is not looked into unless the operation is known for successes that are none. */
    IntPredicate inspects() {
        return operation.inspectSuccess() ? status -> true : CallMachine::isError;
    }

    private static boolean isError(int status) {
        return status < 200 || status > 299;
    }

    /** Before the first attempt and after every wait. */
    Step<R> ready() {
        long now = begun ? engine.timeSource().nanoTime() : progress.startNanos();
        begun = true;
        Duration left = engine.retries().timeLeft(progress, now);
        if (left.isZero()) {
            return tooLate();
        }
        Duration paused = limiter.pauseLeft(engine.random());
        if (!paused.isZero()) {
            return paused(paused, left);
        }
        // Before the limiter: whoever waits for a token holds no place that its fetch may need.
        Step<R> waiting = awaitCredential(left);
        if (waiting != null) {
            return waiting;
        }
        return limiter.tryEnter() ? admitted(now) : new Step.AcquirePermit<>(limiter, left);
    }

    /** Null if it is there, or none is needed. */
    private @Nullable Step<R> awaitCredential(Duration left) {
        CallCredentials carried = credentials;
        CompletableFuture<Credential> coming = carried == null ? null : carried.current();
        if (carried == null || coming == null || carried.arrived(coming)) {
            return null;
        }
        releasePermit();
        return coming.isDone() ? credential(coming) : new Step.AwaitCredential<>(coming, left);
    }

    /** Everybody keeps away from the endpoint for a while; who cannot wait for so long is told so at once. */
    private Step<R> paused(Duration length, Duration left) {
        return length.compareTo(left) >= 0 ? notPermitted() : new Step.Pause<>(length);
    }

    /** The limiter let an attempt through, after a wait in which somebody else may have got a retry-after. */
    Step<R> admitted() {
        entered = true;
        long now = engine.timeSource().nanoTime();
        Duration paused = limiter.pauseLeft(engine.random());
        if (!paused.isZero()) {
            releasePermit();
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
        if (credentials == null) {
            return new Step.Send<>(timeout, Transport.Changes.NONE);
        }
        // Once more, because it may have been replaced while the limiter was waited for.
        Step<R> waiting = awaitCredential(engine.retries().timeLeft(progress, now));
        return waiting != null
                ? waiting
                : new Step.Send<>(timeout, credentials.changes(last == null ? 1 : last.number() + 1));
    }

    /** A credential was waited for: for this attempt, or in the place of a refused one. */
    Step<R> credential(CompletableFuture<Credential> coming) {
        CallCredentials waiting = Objects.requireNonNull(credentials);
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

    /** The limiter let no attempt through in time: the caller gets what there is. */
    Step<R> notPermitted() {
        String service = engine.service().id();
        return ended(StopReason.NOT_PERMITTED, new RequestNotPermittedException(service, operation.category()));
    }

    private Step<R> tooLate() {
        return ended(
                StopReason.DEADLINE, new InterruptedIOException("the deadline passed before an attempt could be made"));
    }

    /** No further attempt can be made: the last answer is better than an exception that hides it. */
    private Step<R> ended(StopReason reason, IOException otherwise) {
        releasePermit();
        ResponseView copy = kept;
        if (copy == null) {
            return raise(reason, otherwise);
        }
        return new Step.Return<>(transport.attach(
                transport.rebuild(copy), outcome(reason, engine.timeSource().nanoTime())));
    }

    private void releasePermit() {
        if (entered) {
            entered = false;
            limiter.release();
        }
    }

    /** After an answer. */
    Step<R> received(AttemptResponse<R> received) {
        ResponseView answer = received.answer();
        Decision decision = answer == null ? null : decide(received.status(), answer);
        if (decision == null) {
            return succeeded(received);
        }
        decision = credentials == null ? decision : credentials.masked(decision);
        long now = engine.timeSource().nanoTime();
        note(received.status(), null, decision, now);
        tellLimiter(received.status(), decision, now);
        boolean canRenew = credentials != null && credentials.refused(decision, Objects.requireNonNull(answer));
        NextStep next = affordable(engine.retries().next(progress, decision, retrySafety, canRenew, now), decision);
        if (next instanceof NextStep.Renew renew) {
            kept = answer;
            transport.discard(received.response());
            releasePermit();
            return renewed(renew.what(), decision, now);
        }
        if (next instanceof NextStep.Retry again) {
            kept = answer;
            transport.discard(received.response());
            releasePermit();
            return pause(again.delay(), decision);
        }
        Outcome outcome = outcome(((NextStep.Stop) next).reason(), now);
        return new Step.Return<>(transport.attach(handedOut(received.response()), outcome));
    }

    private Step<R> renewed(Verdict.Renewal what, Decision decision, long now) {
        AttemptRecord refused = Objects.requireNonNull(last);
        if (recording == null) {
            recording = engine.recorder().open();
        }
        recording.again(decision, Duration.ZERO);
        tell(listener -> listener.onReauthenticate(
                new ReauthenticateEvent(engine.service().id(), operation.id(), refused.number() + 1, what, decision)));
        renewing = true;
        CompletableFuture<Credential> coming =
                Objects.requireNonNull(credentials).renew(what, decision);
        return coming == null || coming.isDone()
                ? coming == null ? ready() : credential(coming)
                : new Step.AwaitCredential<>(coming, engine.retries().timeLeft(progress, now));
    }

    /** After an attempt without an answer. */
    Step<R> failed(Throwable fault) {
        releasePermit();
        Decision decision = engine.decide(fault, request);
        long now = engine.timeSource().nanoTime();
        note(null, fault, decision, now);
        tellLimiter(null, decision, now);
        NextStep next = affordable(engine.retries().next(progress, decision, retrySafety, false, now), decision);
        if (next instanceof NextStep.Retry again) {
            faults = faults == null ? new ArrayList<>(2) : faults;
            faults.add(fault);
            kept = null;
            return pause(again.delay(), decision);
        }
        return raise(((NextStep.Stop) next).reason(), fault);
    }

    private void tellLimiter(@Nullable Integer status, Decision decision, long now) {
        if (!quiet) {
            OutageLog.met(limiter, engine.service().id(), status, decision, now);
        }
        if (decision.kind() == ErrorKind.THROTTLED) {
            limiter.throttled();
        }
        Duration retryAfter = decision.retryAfter();
        if (retryAfter != null && retryAfter.compareTo(engine.policy().maxRetryAfter()) <= 0) {
            limiter.pause(retryAfter);
        }
    }

    /** Long waits under STARTUP and MAINTENANCE are polite already; everything else draws on the budget. */
    private NextStep affordable(NextStep next, Decision decision) {
        if (!engine.budget() || !(next instanceof NextStep.Retry again)) {
            return next;
        }
        Pace pace = decision.pace();
        boolean free = pace != null && pace.boundedByPatience() && again.delay().compareTo(POLITE) >= 0;
        return free || limiter.budget().trySpend(decision.kind() == ErrorKind.THROTTLED)
                ? next
                : new NextStep.Stop(StopReason.BUDGET);
    }

    /** A place among the concurrent ones is given back when the caller has closed the body. */
    private R handedOut(R response) {
        if (!entered || limiter.settings().concurrency() == 0) {
            return response;
        }
        entered = false;
        return transport.onClosed(response, limiter::release);
    }

    /** The call ends here, whatever it was doing. */
    Step<R> stopped(StopReason reason, Throwable thrown) {
        releasePermit();
        return raise(reason, thrown);
    }

    /** An answer came for a call that has ended: its connection is given back. */
    void late(AttemptResponse<R> received) {
        transport.discard(received.response());
        releasePermit();
    }

    private @Nullable Decision decide(int status, ResponseView answer) {
        return isError(status) ? engine.decide(answer, request) : engine.inspect(answer, request);
    }

    private Step<R> succeeded(AttemptResponse<R> received) {
        HoldfastListener listener = engine.listener();
        limiter.budget().succeeded();
        if (credentials != null) {
            credentials.accepted();
        }
        if (!quiet && limiter.fault().lasts()) {
            OutageLog.succeeded(
                    limiter, engine.service().id(), engine.timeSource().nanoTime());
        }
        if (recording == null) {
            engine.recorder().succeeded();
        } else {
            recording.succeeded();
        }
        if (last == null && listener == HoldfastListener.NONE) {
            if (LOG.isDebugEnabled()) {
                LOG.debug("{} {} attempt 1: {}", engine.service().id(), operation.id(), received.status());
            }
            return new Step.Return<>(handedOut(received.response()));
        }
        boolean first = last == null;
        long now = engine.timeSource().nanoTime();
        note(received.status(), null, null, now);
        Outcome outcome = outcome(StopReason.SUCCEEDED, now);
        R response = handedOut(received.response());
        return new Step.Return<>(first ? response : transport.attach(response, outcome));
    }

    private void note(@Nullable Integer status, @Nullable Throwable fault, @Nullable Decision decision, long now) {
        AttemptRecord tried = new AttemptRecord(
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
        AttemptRecord tried = Objects.requireNonNull(last);
        if (recording == null) {
            recording = engine.recorder().open();
        }
        recording.again(decision, wait);
        transport.pausing();
        tried.pausedFor(wait);
        tell(listener -> listener.onRetryScheduled(
                new RetryEvent(engine.service().id(), operation.id(), tried.number() + 1, wait, decision)));
        return new Step.Pause<>(wait);
    }

    private Step<R> raise(StopReason reason, Throwable thrown) {
        Outcome outcome = outcome(reason, engine.timeSource().nanoTime());
        for (Throwable earlier : faults == null ? List.<Throwable>of() : faults) {
            if (earlier != thrown) {
                thrown.addSuppressed(earlier);
            }
        }
        OutcomeSuppressed.attach(thrown, outcome);
        return new Step.Throw<>(thrown);
    }

    private Outcome outcome(StopReason reason, long now) {
        Outcome outcome = Outcome.of(engine.service().id(), operation.id(), reason)
                .withAttempts(AttemptRecord.attempts(last))
                .withTotal(Duration.ofNanos(now - progress.startNanos()));
        if (!outcome.succeeded()) {
            if (recording == null) {
                recording = engine.recorder().open();
            }
            recording.stopped(reason);
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
