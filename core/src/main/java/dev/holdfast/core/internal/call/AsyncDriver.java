package dev.holdfast.core.internal.call;

import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.limit.TimerCancel;
import dev.holdfast.core.internal.limit.Waiter;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Drives one call without a thread that waits. Threads of the scheduler, of the limiter and of a credential's fetch run none of the caller's
 * code: {@link #later} and {@link Transport#handOver} move on to a thread of the client.
 */
final class AsyncDriver<R> {
    private final CallMachine<R> machine;
    private final CallHandle<R> handle;
    private final ResilientCall.Completion<R> completion;

    AsyncDriver(CallMachine<R> machine, CallHandle<R> handle, ResilientCall.Completion<R> completion) {
        this.machine = machine;
        this.handle = handle;
        this.completion = completion;
    }

    void start() {
        proceed(FaultRouting.first(machine, handle));
    }

    /** Acts on a thread that must not run the caller's code. */
    private void proceed(Step<R> step) {
        if (step instanceof Step.Return<R> || step instanceof Step.Throw<R>) {
            machine.transport().handOver(() -> end(step));
        } else if (step instanceof Step.Send<R> send && send.changes().rebuild() != null) {
            // The hook may wait for something, and other calls wait behind this one.
            machine.transport().handOver(() -> act(step));
        } else {
            act(step);
        }
    }

    private void act(Step<R> step) {
        if (step instanceof Step.Send<R> send) {
            send(send);
        } else if (step instanceof Step.AcquirePermit<R> permit) {
            new PermitWait(permit.limiter()).enter(permit.left());
        } else if (step instanceof Step.AwaitCredential<R> await) {
            // The first of credential, deadline and cancel goes on; the handle lets no second one through.
            TimedWait wait = new TimedWait(await);
            if (wait.begin()) {
                var unused = await.coming().whenComplete((credential, thrown) -> wait.run());
            }
        } else if (step instanceof Step.Pause<R>) {
            new TimedWait(step).begin();
        } else {
            end(step);
        }
    }

    /** Goes on on a thread of the client, one call after another. */
    private void later(Supplier<Step<R>> transition) {
        machine.engine()
                .wakeUps()
                .add(() -> proceed(FaultRouting.guarded(machine, transition)), machine.transport()::handOver);
    }

    /** Ends the call on a thread of the client: the listener is told there too. */
    private void stop(StopReason reason, Throwable thrown) {
        machine.transport().handOver(() -> end(machine.stop(reason, thrown)));
    }

    private void stopCancelled() {
        stop(StopReason.CANCELLED, FaultRouting.canceled());
    }

    private void end(Step<R> step) {
        if (step instanceof Step.Return<R> deliver) {
            completion.onResponse(deliver.response());
        } else {
            completion.onFailure(((Step.Throw<R>) step).thrown());
        }
    }

    private void send(Step.Send<R> send) {
        Transport.Exchange<R> exchange;
        try {
            exchange = machine.exchange(send);
        } catch (RuntimeException | Error e) {
            stop(StopReason.CALLBACK_FAILED, e);
            return;
        }
        if (!handle.beginAttempt(exchange)) {
            stopCancelled();
            return;
        }
        OneResponse receiver = new OneResponse(exchange);
        try {
            exchange.enqueue(receiver);
        } catch (RuntimeException | Error e) {
            machine.transport().handOver(() -> receiver.onFault(e));
        } finally {
            receiver.sending = null;
        }
    }

    /**
     * A wait that a timer ends. It is the timer's task too, which spares a waiting call 35 B of its 800 B (ScaleMemoryTest, 2026-11-29).
     */
    private final class TimedWait implements CallHandle.Wait, Runnable, Consumer<RejectedExecutionException> {
        private final Step<R> step;

        /** Written under the lock of the handle, and read after it. */
        private Scheduler.@Nullable Timer timer;

        TimedWait(Step<R> step) {
            this.step = step;
        }

        /** Returns false if there is nothing to wait for, and the call has ended. */
        boolean begin() {
            try {
                if (handle.beginWait(this)) {
                    return true;
                }
                stopCancelled();
            } catch (RejectedExecutionException e) {
                stop(StopReason.CANCELLED, FaultRouting.shutDown(e));
            } catch (RuntimeException | Error e) {
                stop(StopReason.CALLBACK_FAILED, e);
            }
            return false;
        }

        @Override
        public void starts() {
            Scheduler scheduler = machine.engine().scheduler();
            timer = step instanceof Step.AwaitCredential<R> await
                    ? scheduler.bound(this, this, await.left())
                    : scheduler.schedule(this, this, ((Step.Pause<R>) step).length());
        }

        /** The time is over, or what was waited for has come. */
        @Override
        public void run() {
            if (handle.endWait(this)) {
                TimerCancel.cancel(timer);
                later(() -> step instanceof Step.AwaitCredential<R> await
                        ? FaultRouting.afterCredential(machine, handle, await)
                        : machine.ready());
            }
        }

        /** The scheduler was shut down during the wait. */
        @Override
        public void accept(RejectedExecutionException e) {
            if (handle.endWait(this)) {
                stop(StopReason.CANCELLED, FaultRouting.shutDown(e));
            }
        }

        @Override
        public void canceled() {
            TimerCancel.cancel(timer);
            stopCancelled();
        }
    }

    /** A wait in the queue of a limiter. */
    private final class PermitWait implements CallHandle.Wait {
        private final EndpointLimiter limiter;
        private final Waiter waiter = new Waiter(this::settled);

        PermitWait(EndpointLimiter limiter) {
            this.limiter = limiter;
        }

        void enter(Duration left) {
            // Before the queue is entered: a cancel that comes between the two leaves the queue in advance.
            if (!handle.beginWait(this)) {
                stopCancelled();
                return;
            }
            EndpointLimiter.Entry entry;
            try {
                entry = limiter.enter(waiter, left);
            } catch (RuntimeException | Error e) {
                // A time source that is the caller's own. A place that is settled has been told, and goes on from
                // there.
                if (limiter.leave(waiter)) {
                    handle.endWait(this);
                    stop(StopReason.CALLBACK_FAILED, e);
                }
                return;
            }
            if (entry == EndpointLimiter.Entry.WAITS) {
                return;
            }
            // A cancel that comes now finds the place settled and leaves the end to this thread.
            handle.endWait(this);
            if (entry == EndpointLimiter.Entry.ADMITTED) {
                proceed(FaultRouting.guarded(machine, () -> machine.admitted(waiter)));
            } else {
                machine.transport().handOver(() -> end(FaultRouting.refused(machine, waiter)));
            }
        }

        /** The limiter admitted or refused this waiter. */
        private void settled() {
            handle.endWait(this);
            later(() -> limiter.admitted(waiter) ? machine.admitted(waiter) : FaultRouting.refused(machine, waiter));
        }

        @Override
        public void canceled() {
            // A place that is settled is not left any more. Then settled() goes on, and the next step sees the cancel.
            if (limiter.leave(waiter)) {
                stopCancelled();
            }
        }
    }

    /** Receives the end of one attempt, once: a client that runs in place may tell a fault and then throw it out of its enqueue too. */
    private final class OneResponse implements Transport.Receiver<R> {
        private final Transport.Exchange<R> exchange;
        private final AtomicBoolean told = new AtomicBoolean();
        private volatile @Nullable Thread sending = Thread.currentThread();

        OneResponse(Transport.Exchange<R> exchange) {
            this.exchange = exchange;
        }

        @Override
        public void onReceived(AttemptResponse<R> received) {
            if (told.compareAndSet(false, true)) {
                offStack(() -> FaultRouting.afterResponse(machine, handle, received));
            } else {
                machine.late(received);
            }
        }

        @Override
        public void onFault(Throwable fault) {
            if (told.compareAndSet(false, true)) {
                offStack(() -> FaultRouting.afterFault(machine, handle, exchange, fault));
            }
        }

        /** What a callback throws must not come out of the client's enqueue, where it would look like the fault of the attempt. */
        private void offStack(Supplier<Step<R>> transition) {
            if (Thread.currentThread() == sending) {
                machine.transport().handOver(() -> act(transition.get()));
            } else {
                act(transition.get());
            }
        }
    }
}
