package dev.holdfast.core.internal.call;

import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.limit.Waiter;
import dev.holdfast.core.outcome.HostRefusedException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.time.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call, to be driven once: blocking by {@link #execute()} or asynchronously by {@link #enqueue}. It may be cancelled from any thread
 * at any time, in an attempt and in a wait.
 *
 * @param <R> the client's own type of response
 */
public final class ResilientCall<R> {
    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<ResilientCall, @Nullable ReentrantLock> LOCK =
            AtomicReferenceFieldUpdater.newUpdater(ResilientCall.class, ReentrantLock.class, "lock");

    private final CallEngine engine;
    private final Transport<R> transport;
    private final CallMachine<R> state;

    /** Made by the first wait or cancel: a call that succeeds at once needs none. */
    private volatile @Nullable ReentrantLock lock;

    private volatile boolean canceled;
    private volatile Transport.@Nullable Exchange<R> exchange;
    private @Nullable CountDownLatch pause;
    private Scheduler.@Nullable Timer timer;
    private @Nullable Waiter ticket;
    private @Nullable EndpointLimiter limiter;
    private @Nullable Async async;

    /**
     * A call that has not started; its deadline runs from now.
     *
     * @param engine what the calls of a {@code Holdfast} instance share
     * @param transport the adapter's side of this call
     * @param context what is known of the request
     */
    public ResilientCall(CallEngine engine, Transport<R> transport, CallContext context) {
        this.engine = engine;
        this.transport = transport;
        this.state = new CallMachine<>(engine, transport, context);
    }

    /**
     * Told how an asynchronous call ended.
     *
     * @param <R> the client's own type of response
     */
    public interface Completion<R> {

        /**
         * There is a response, of whatever status.
         *
         * @param response the response, for the receiver to close
         */
        void onResponse(R response);

        /**
         * There is none.
         *
         * @param thrown the last fault; its outcome is attached
         */
        void onFailure(Throwable thrown);
    }

    /**
     * Ends the call as soon as possible: the attempt that is on the wire, or the wait. Harmless before, after and twice.
     */
    public void cancel() {
        Transport.Exchange<R> running;
        Async ended = null;
        Waiter queued;
        EndpointLimiter queuedAt;
        ReentrantLock lock = lock();
        lock.lock();
        try {
            canceled = true;
            running = exchange;
            if (pause != null) {
                pause.countDown();
            }
            if (timer != null) {
                timer.cancel();
                timer = null;
                ended = async;
            }
            queued = ticket;
            queuedAt = limiter;
        } finally {
            lock.unlock();
        }
        if (queued != null && queuedAt != null && queuedAt.leave(queued)) {
            ended = async;
        }
        if (running != null) {
            running.cancel();
        }
        if (ended != null) {
            Async waiting = ended;
            transport.handOver(() -> waiting.end(state.stopped(StopReason.CANCELLED, CallMachine.canceled())));
        }
    }

    /**
     * Whether it was cancelled.
     *
     * @return true after {@link #cancel()}
     */
    public boolean isCanceled() {
        return canceled;
    }

    /**
     * Ends the call before anything is sent.
     *
     * @param reason why
     * @param thrown what to throw
     * @return the exception with its outcome attached
     */
    public Throwable refuse(StopReason reason, Throwable thrown) {
        return ((Step.Throw<R>) state.stopped(reason, thrown)).thrown();
    }

    /**
     * Drives the call on this thread.
     *
     * @return the response, of whatever status
     * @throws Exception what the client threw last, its outcome attached; {@link InterruptedIOException} if the thread was interrupted,
     *     whose flag then stays set
     */
    public R execute() throws Exception {
        Step<R> step = first();
        while (true) {
            if (step instanceof Step.Return<R> deliver) {
                return deliver.response();
            }
            if (step instanceof Step.Throw<R> raise) {
                throw asException(raise.thrown());
            }
            try {
                step = next(step);
            } catch (RuntimeException | Error e) {
                // A source, a signer or a clock that is the caller's own; a place at the limiter must not be lost with
                // it.
                step = state.stopped(StopReason.CALLBACK_FAILED, e);
            }
        }
    }

    private Step<R> first() {
        try {
            return canceled ? state.stopped(StopReason.CANCELLED, CallMachine.canceled()) : state.ready();
        } catch (RuntimeException | Error e) {
            return state.stopped(StopReason.CALLBACK_FAILED, e);
        }
    }

    private Step<R> next(Step<R> step) {
        if (step instanceof Step.AcquirePermit<R> enter) {
            return enter(enter.limiter(), enter.left());
        }
        if (step instanceof Step.Send<R> send) {
            return attempt(send);
        }
        return step instanceof Step.AwaitCredential<R> await
                ? credential(await)
                : await(((Step.Pause<R>) step).length());
    }

    private Step<R> enter(EndpointLimiter passed, Duration left) {
        CountDownLatch latch = new CountDownLatch(1);
        Waiter place = new Waiter(latch::countDown);
        EndpointLimiter.Entry entry = passed.enter(place, left);
        if (entry != EndpointLimiter.Entry.WAITS) {
            return entry == EndpointLimiter.Entry.ADMITTED ? state.admitted() : state.notPermitted();
        }
        ReentrantLock lock = lock();
        lock.lock();
        try {
            exchange = null;
            pause = latch;
            ticket = place;
            limiter = passed;
            if (canceled) {
                latch.countDown();
            }
        } finally {
            lock.unlock();
        }
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (!passed.leave(place) && passed.admitted(place)) {
                passed.release();
            }
            return state.stopped(StopReason.INTERRUPTED, interrupted(e));
        }
        return settled(passed, place);
    }

    /** A place in the queue was left: by admission, by refusal or by a cancel. */
    private Step<R> settled(EndpointLimiter passed, Waiter place) {
        ReentrantLock lock = lock();
        lock.lock();
        try {
            ticket = null;
            pause = null;
        } finally {
            lock.unlock();
        }
        passed.leave(place);
        if (passed.admitted(place)) {
            return state.admitted();
        }
        return canceled ? state.stopped(StopReason.CANCELLED, CallMachine.canceled()) : state.notPermitted();
    }

    private Step<R> attempt(Step.Send<R> send) {
        Transport.Exchange<R> next = begin(send);
        if (next == null) {
            return state.stopped(StopReason.CANCELLED, CallMachine.canceled());
        }
        AttemptResponse<R> received;
        try {
            received = next.execute();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return state.stopped(StopReason.INTERRUPTED, interrupted(e));
        } catch (Exception e) {
            return afterFault(next, e);
        }
        return afterAnswer(received);
    }

    private Step<R> afterAnswer(AttemptResponse<R> received) {
        if (canceled) {
            state.late(received);
            return state.stopped(StopReason.CANCELLED, CallMachine.canceled());
        }
        try {
            return state.received(received);
        } catch (RuntimeException | Error e) {
            // A predicate, a reader or a source of jitter that is the caller's own; what it looked at must not leak.
            state.late(received);
            return state.stopped(StopReason.CALLBACK_FAILED, e);
        }
    }

    private Step<R> afterFault(Transport.Exchange<R> ended, Throwable fault) {
        if (canceled || ended.isCanceled()) {
            return state.stopped(StopReason.CANCELLED, fault instanceof IOException ? fault : CallMachine.canceled());
        }
        if (fault instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
            return state.stopped(StopReason.INTERRUPTED, fault);
        }
        if (fault instanceof SigningFailedException signing) {
            return state.stopped(StopReason.CALLBACK_FAILED, signing.thrown());
        }
        if (fault instanceof HostRefusedException) {
            return state.stopped(StopReason.HOST_REFUSED, fault);
        }
        if (fault instanceof RejectedExecutionException || fault.getCause() instanceof RejectedExecutionException) {
            // The client's executor was shut down, and stays so.
            return state.stopped(StopReason.CANCELLED, fault);
        }
        try {
            return state.failed(fault);
        } catch (RuntimeException | Error e) {
            return state.stopped(StopReason.CALLBACK_FAILED, e);
        }
    }

    private Step<R> await(Duration wait) {
        CountDownLatch latch = new CountDownLatch(1);
        ReentrantLock lock = lock();
        lock.lock();
        try {
            exchange = null;
            pause = latch;
            if (canceled) {
                latch.countDown();
            }
        } finally {
            lock.unlock();
        }
        try {
            return engine.timeSource().await(latch, wait)
                    ? state.stopped(StopReason.CANCELLED, CallMachine.canceled())
                    : state.ready();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return state.stopped(StopReason.INTERRUPTED, interrupted(e));
        }
    }

    /** Bounded by the deadline alone: others wait for the same credential, so nobody's impatience may end its fetch. */
    private Step<R> credential(Step.AwaitCredential<R> await) {
        CountDownLatch latch = new CountDownLatch(1);
        var unused = await.coming().whenComplete((credential, thrown) -> latch.countDown());
        ReentrantLock lock = lock();
        lock.lock();
        try {
            exchange = null;
            pause = latch;
            if (canceled) {
                latch.countDown();
            }
        } finally {
            lock.unlock();
        }
        Scheduler.Timer limit;
        try {
            limit = engine.scheduler().bound(latch::countDown, lost -> latch.countDown(), await.left());
        } catch (RejectedExecutionException e) {
            return state.stopped(StopReason.CANCELLED, shutDown(e));
        }
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return state.stopped(StopReason.INTERRUPTED, interrupted(e));
        } finally {
            limit.cancel();
        }
        return afterCredential(await);
    }

    private Step<R> afterCredential(Step.AwaitCredential<R> await) {
        if (canceled) {
            return state.stopped(StopReason.CANCELLED, CallMachine.canceled());
        }
        return await.coming().isDone() ? state.credential(await.coming()) : state.credentialTooLate();
    }

    private static IOException shutDown(RejectedExecutionException e) {
        return new IOException("the scheduler was shut down, so the call cannot wait for its next attempt", e);
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        InterruptedIOException thrown = new InterruptedIOException("interrupted");
        thrown.initCause(cause);
        return thrown;
    }

    private static Exception asException(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof Exception exception ? exception : new IOException(thrown);
    }

    private ReentrantLock lock() {
        ReentrantLock made = lock;
        if (made != null) {
            return made;
        }
        LOCK.compareAndSet(this, null, new ReentrantLock());
        return Objects.requireNonNull(lock);
    }

    /** Null if the call was cancelled meanwhile. */
    private Transport.@Nullable Exchange<R> begin(Step.Send<R> send) {
        Transport.Exchange<R> next = transport.exchange(send.timeout(), state.inspects(), send.changes());
        ReentrantLock lock = this.lock;
        if (lock == null) {
            // Nobody has waited, so there is no wait to forget. Whoever cancels now marks the call and then looks for
            // the exchange; here
            // it is the other way round, so one of the two sees the other.
            exchange = next;
            return canceled ? null : next;
        }
        lock.lock();
        try {
            if (canceled) {
                return null;
            }
            exchange = next;
            pause = null;
            timer = null;
        } finally {
            lock.unlock();
        }
        return next;
    }

    /**
     * Drives the call without holding a thread while it waits.
     *
     * @param completion told exactly once, never on the scheduler's thread
     */
    public void enqueue(Completion<R> completion) {
        Async driver = new Async(completion);
        async = driver;
        driver.proceed(first());
    }

    /** The asynchronous driver, and what its timer runs. */
    private final class Async implements Runnable, Consumer<RejectedExecutionException> {
        private final Completion<R> completion;

        Async(Completion<R> completion) {
            this.completion = completion;
        }

        void act(Step<R> step) {
            if (step instanceof Step.AcquirePermit<R> enter) {
                enter(enter.limiter(), enter.left());
            } else if (step instanceof Step.Send<R> send) {
                send(send);
            } else if (step instanceof Step.AwaitCredential<R> await) {
                credential(await);
            } else if (step instanceof Step.Pause<R> paused) {
                pause(paused.length());
            } else {
                end(step);
            }
        }

        private void enter(EndpointLimiter passed, Duration left) {
            Waiter place = new Waiter(this::settled);
            ReentrantLock lock = lock();
            lock.lock();
            try {
                exchange = null;
                ticket = place;
                limiter = passed;
            } finally {
                lock.unlock();
            }
            EndpointLimiter.Entry entry = passed.enter(place, left);
            if (entry == EndpointLimiter.Entry.ADMITTED) {
                forgetTicket();
                proceed(guarded(state::admitted));
            } else if (entry == EndpointLimiter.Entry.REFUSED) {
                forgetTicket();
                transport.handOver(() -> end(state.notPermitted()));
            } else if (canceled && passed.leave(place)) {
                forgetTicket();
                transport.handOver(() -> end(state.stopped(StopReason.CANCELLED, CallMachine.canceled())));
            }
        }

        /** Runs on a thread of the limiter's, so nothing of the caller's may run from here. */
        private void settled() {
            Waiter place = ticket;
            EndpointLimiter passed = limiter;
            forgetTicket();
            if (place != null && passed != null) {
                later(() -> passed.admitted(place) ? state.admitted() : state.notPermitted());
            }
        }

        /** On a thread of the client's, one call after another. */
        private void later(Supplier<Step<R>> next) {
            engine.wakeUps().add(() -> proceed(guarded(next)), transport::handOver);
        }

        private Step<R> guarded(Supplier<Step<R>> next) {
            try {
                return next.get();
            } catch (RuntimeException | Error e) {
                return state.stopped(StopReason.CALLBACK_FAILED, e);
            }
        }

        private void forgetTicket() {
            ReentrantLock lock = lock();
            lock.lock();
            try {
                ticket = null;
            } finally {
                lock.unlock();
            }
        }

        /** On a thread that must not run anything of the caller's. */
        private void proceed(Step<R> step) {
            if (step instanceof Step.Return<R> || step instanceof Step.Throw<R>) {
                transport.handOver(() -> end(step));
            } else if (step instanceof Step.Send<R> send && send.changes().rebuild() != null) {
                // The hook may wait for something, and other calls wait behind this one.
                transport.handOver(() -> act(step));
            } else {
                act(step);
            }
        }

        private void send(Step.Send<R> send) {
            Transport.Exchange<R> next;
            try {
                next = begin(send);
            } catch (RuntimeException | Error e) {
                transport.handOver(() -> end(state.stopped(StopReason.CALLBACK_FAILED, e)));
                return;
            }
            if (next == null) {
                transport.handOver(() -> end(state.stopped(StopReason.CANCELLED, CallMachine.canceled())));
                return;
            }
            OneAnswer receiver = new OneAnswer(next);
            try {
                next.enqueue(receiver);
            } catch (RuntimeException | Error e) {
                transport.handOver(() -> receiver.onFault(e));
            } finally {
                receiver.sending = null;
            }
        }

        /** Whoever comes first goes on: the credential, the end of the time or a cancel. */
        private void credential(Step.AwaitCredential<R> await) {
            ReentrantLock lock = lock();
            boolean waits;
            lock.lock();
            try {
                exchange = null;
                waits = !canceled;
                if (waits) {
                    timer = engine.scheduler().bound(() -> credentialSettled(await), this, await.left());
                }
            } catch (RejectedExecutionException e) {
                transport.handOver(() -> end(state.stopped(StopReason.CANCELLED, shutDown(e))));
                return;
            } catch (RuntimeException | Error e) {
                transport.handOver(() -> end(state.stopped(StopReason.CALLBACK_FAILED, e)));
                return;
            } finally {
                lock.unlock();
            }
            if (waits) {
                var unused = await.coming().whenComplete((credential, thrown) -> credentialSettled(await));
            } else {
                transport.handOver(() -> end(state.stopped(StopReason.CANCELLED, CallMachine.canceled())));
            }
        }

        private void credentialSettled(Step.AwaitCredential<R> await) {
            if (claimWait()) {
                later(() -> afterCredential(await));
            }
        }

        private void pause(Duration wait) {
            ReentrantLock lock = lock();
            lock.lock();
            try {
                exchange = null;
                if (!canceled) {
                    timer = engine.scheduler().schedule(this, this, wait);
                    return;
                }
            } catch (RejectedExecutionException e) {
                transport.handOver(() -> end(state.stopped(StopReason.CANCELLED, shutDown(e))));
                return;
            } catch (RuntimeException | Error e) {
                transport.handOver(() -> end(state.stopped(StopReason.CALLBACK_FAILED, e)));
                return;
            } finally {
                lock.unlock();
            }
            transport.handOver(() -> end(state.stopped(StopReason.CANCELLED, CallMachine.canceled())));
        }

        /**
         * Runs on the scheduler's thread, so nothing of the caller's may run from here; sending may: event listeners, and with an executor
         * that runs in place the attempt itself.
         */
        @Override
        public void run() {
            if (claimWait()) {
                later(state::ready);
            }
        }

        @Override
        public void accept(RejectedExecutionException e) {
            if (claimWait()) {
                transport.handOver(() -> end(state.stopped(StopReason.CANCELLED, shutDown(e))));
            }
        }

        /** A wait ends once: by its timer, by a cancel or by the end of its scheduler. */
        private boolean claimWait() {
            ReentrantLock lock = lock();
            lock.lock();
            try {
                Scheduler.Timer running = timer;
                timer = null;
                if (running == null || canceled) {
                    return false;
                }
                running.cancel();
                return true;
            } finally {
                lock.unlock();
            }
        }

        void end(Step<R> step) {
            if (step instanceof Step.Return<R> deliver) {
                completion.onResponse(deliver.response());
            } else {
                completion.onFailure(((Step.Throw<R>) step).thrown());
            }
        }

        /** Hears of one attempt, once: a client that runs in place may tell us and then throw the same out of its enqueue. */
        private final class OneAnswer implements Transport.Receiver<R> {
            private final Transport.Exchange<R> sent;
            private final AtomicBoolean told = new AtomicBoolean();
            private volatile @Nullable Thread sending = Thread.currentThread();

            OneAnswer(Transport.Exchange<R> sent) {
                this.sent = sent;
            }

            @Override
            public void onReceived(AttemptResponse<R> received) {
                if (told.compareAndSet(false, true)) {
                    offStack(() -> afterAnswer(received));
                } else {
                    state.late(received);
                }
            }

            @Override
            public void onFault(Throwable fault) {
                if (told.compareAndSet(false, true)) {
                    offStack(() -> afterFault(sent, fault));
                }
            }

            /** What a callback throws must not come out of the client's enqueue, where it would look like the attempt's own fault. */
            private void offStack(Supplier<Step<R>> next) {
                if (Thread.currentThread() == sending) {
                    transport.handOver(() -> act(next.get()));
                } else {
                    act(next.get());
                }
            }
        }
    }
}
