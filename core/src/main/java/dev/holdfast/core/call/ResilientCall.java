package dev.holdfast.core.call;

import dev.holdfast.core.gate.Gate;
import dev.holdfast.core.gate.Ticket;
import dev.holdfast.core.retry.StopReason;
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
    private final Port<R> port;
    private final CallState<R> state;

    /** Made by the first wait or cancel: a call that succeeds at once needs none. */
    private volatile @Nullable ReentrantLock lock;

    private volatile boolean canceled;
    private volatile Port.@Nullable Exchange<R> exchange;
    private @Nullable CountDownLatch pause;
    private Scheduler.@Nullable Timer timer;
    private @Nullable Ticket ticket;
    private @Nullable Gate gate;
    private @Nullable Async async;

    /**
     * A call that has not started; its deadline runs from now.
     *
     * @param engine what the calls of a {@code Holdfast} instance share
     * @param port the door's side of this call
     * @param plan what is known of the request
     */
    public ResilientCall(CallEngine engine, Port<R> port, CallPlan plan) {
        this.engine = engine;
        this.port = port;
        this.state = new CallState<>(engine, port, plan);
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
        Port.Exchange<R> running;
        Async ended = null;
        Ticket queued;
        Gate queuedAt;
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
            queuedAt = gate;
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
            port.handOver(() -> waiting.end(state.stopped(StopReason.CANCELLED, CallState.canceled())));
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
        return ((Step.Raise<R>) state.stopped(reason, thrown)).thrown();
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
            if (step instanceof Step.Deliver<R> deliver) {
                return deliver.response();
            }
            if (step instanceof Step.Raise<R> raise) {
                throw asException(raise.thrown());
            }
            try {
                step = next(step);
            } catch (RuntimeException | Error e) {
                // A source, a signer or a clock that is the caller's own; a place at the gate must not be lost with it.
                step = state.stopped(StopReason.CALLBACK_FAILED, e);
            }
        }
    }

    private Step<R> first() {
        try {
            return canceled ? state.stopped(StopReason.CANCELLED, CallState.canceled()) : state.ready();
        } catch (RuntimeException | Error e) {
            return state.stopped(StopReason.CALLBACK_FAILED, e);
        }
    }

    private Step<R> next(Step<R> step) {
        if (step instanceof Step.Enter<R> enter) {
            return enter(enter.gate(), enter.left());
        }
        if (step instanceof Step.Send<R> send) {
            return attempt(send);
        }
        return step instanceof Step.Await<R> await ? credential(await) : await(((Step.Pause<R>) step).length());
    }

    private Step<R> enter(Gate passed, Duration left) {
        CountDownLatch latch = new CountDownLatch(1);
        Ticket place = new Ticket(latch::countDown);
        Gate.Entry entry = passed.enter(place, left);
        if (entry != Gate.Entry.WAITS) {
            return entry == Gate.Entry.ADMITTED ? state.admitted() : state.turnedAway();
        }
        ReentrantLock lock = lock();
        lock.lock();
        try {
            exchange = null;
            pause = latch;
            ticket = place;
            gate = passed;
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
    private Step<R> settled(Gate passed, Ticket place) {
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
        return canceled ? state.stopped(StopReason.CANCELLED, CallState.canceled()) : state.turnedAway();
    }

    private Step<R> attempt(Step.Send<R> send) {
        Port.Exchange<R> next = begin(send);
        if (next == null) {
            return state.stopped(StopReason.CANCELLED, CallState.canceled());
        }
        Received<R> received;
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

    private Step<R> afterAnswer(Received<R> received) {
        if (canceled) {
            state.late(received);
            return state.stopped(StopReason.CANCELLED, CallState.canceled());
        }
        try {
            return state.received(received);
        } catch (RuntimeException | Error e) {
            // A predicate, a reader or a source of jitter that is the caller's own; what it looked at must not leak.
            state.late(received);
            return state.stopped(StopReason.CALLBACK_FAILED, e);
        }
    }

    private Step<R> afterFault(Port.Exchange<R> ended, Throwable fault) {
        if (canceled || ended.isCanceled()) {
            return state.stopped(StopReason.CANCELLED, fault instanceof IOException ? fault : CallState.canceled());
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
            return engine.clock().await(latch, wait)
                    ? state.stopped(StopReason.CANCELLED, CallState.canceled())
                    : state.ready();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return state.stopped(StopReason.INTERRUPTED, interrupted(e));
        }
    }

    /** Bounded by the deadline alone: others wait for the same credential, so nobody's impatience may end its fetch. */
    private Step<R> credential(Step.Await<R> await) {
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

    private Step<R> afterCredential(Step.Await<R> await) {
        if (canceled) {
            return state.stopped(StopReason.CANCELLED, CallState.canceled());
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
    private Port.@Nullable Exchange<R> begin(Step.Send<R> send) {
        Port.Exchange<R> next = port.exchange(send.timeout(), state.inspects(), send.changes());
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
            if (step instanceof Step.Enter<R> enter) {
                enter(enter.gate(), enter.left());
            } else if (step instanceof Step.Send<R> send) {
                send(send);
            } else if (step instanceof Step.Await<R> await) {
                credential(await);
            } else if (step instanceof Step.Pause<R> paused) {
                pause(paused.length());
            } else {
                end(step);
            }
        }

        private void enter(Gate passed, Duration left) {
            Ticket place = new Ticket(this::settled);
            ReentrantLock lock = lock();
            lock.lock();
            try {
                exchange = null;
                ticket = place;
                gate = passed;
            } finally {
                lock.unlock();
            }
            Gate.Entry entry = passed.enter(place, left);
            if (entry == Gate.Entry.ADMITTED) {
                forgetTicket();
                proceed(guarded(state::admitted));
            } else if (entry == Gate.Entry.REFUSED) {
                forgetTicket();
                port.handOver(() -> end(state.turnedAway()));
            } else if (canceled && passed.leave(place)) {
                forgetTicket();
                port.handOver(() -> end(state.stopped(StopReason.CANCELLED, CallState.canceled())));
            }
        }

        /** Runs on a thread of the gate's, so nothing of the caller's may run from here. */
        private void settled() {
            Ticket place = ticket;
            Gate passed = gate;
            forgetTicket();
            if (place != null && passed != null) {
                later(() -> passed.admitted(place) ? state.admitted() : state.turnedAway());
            }
        }

        /** On a thread of the client's, one call after another. */
        private void later(Supplier<Step<R>> next) {
            engine.wakeUps().add(() -> proceed(guarded(next)), port::handOver);
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
            if (step instanceof Step.Deliver<R> || step instanceof Step.Raise<R>) {
                port.handOver(() -> end(step));
            } else if (step instanceof Step.Send<R> send && send.changes().rebuild() != null) {
                // The hook may wait for something, and other calls wait behind this one.
                port.handOver(() -> act(step));
            } else {
                act(step);
            }
        }

        private void send(Step.Send<R> send) {
            Port.Exchange<R> next;
            try {
                next = begin(send);
            } catch (RuntimeException | Error e) {
                port.handOver(() -> end(state.stopped(StopReason.CALLBACK_FAILED, e)));
                return;
            }
            if (next == null) {
                port.handOver(() -> end(state.stopped(StopReason.CANCELLED, CallState.canceled())));
                return;
            }
            OneAnswer receiver = new OneAnswer(next);
            try {
                next.enqueue(receiver);
            } catch (RuntimeException | Error e) {
                port.handOver(() -> receiver.onFault(e));
            } finally {
                receiver.sending = null;
            }
        }

        /** Whoever comes first goes on: the credential, the end of the time or a cancel. */
        private void credential(Step.Await<R> await) {
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
                port.handOver(() -> end(state.stopped(StopReason.CANCELLED, shutDown(e))));
                return;
            } catch (RuntimeException | Error e) {
                port.handOver(() -> end(state.stopped(StopReason.CALLBACK_FAILED, e)));
                return;
            } finally {
                lock.unlock();
            }
            if (waits) {
                var unused = await.coming().whenComplete((credential, thrown) -> credentialSettled(await));
            } else {
                port.handOver(() -> end(state.stopped(StopReason.CANCELLED, CallState.canceled())));
            }
        }

        private void credentialSettled(Step.Await<R> await) {
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
                port.handOver(() -> end(state.stopped(StopReason.CANCELLED, shutDown(e))));
                return;
            } catch (RuntimeException | Error e) {
                port.handOver(() -> end(state.stopped(StopReason.CALLBACK_FAILED, e)));
                return;
            } finally {
                lock.unlock();
            }
            port.handOver(() -> end(state.stopped(StopReason.CANCELLED, CallState.canceled())));
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
                port.handOver(() -> end(state.stopped(StopReason.CANCELLED, shutDown(e))));
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
            if (step instanceof Step.Deliver<R> deliver) {
                completion.onResponse(deliver.response());
            } else {
                completion.onFailure(((Step.Raise<R>) step).thrown());
            }
        }

        /** Hears of one attempt, once: a client that runs in place may tell us and then throw the same out of its enqueue. */
        private final class OneAnswer implements Port.Receiver<R> {
            private final Port.Exchange<R> sent;
            private final AtomicBoolean told = new AtomicBoolean();
            private volatile @Nullable Thread sending = Thread.currentThread();

            OneAnswer(Port.Exchange<R> sent) {
                this.sent = sent;
            }

            @Override
            public void onReceived(Received<R> received) {
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
                    port.handOver(() -> act(next.get()));
                } else {
                    act(next.get());
                }
            }
        }
    }
}
