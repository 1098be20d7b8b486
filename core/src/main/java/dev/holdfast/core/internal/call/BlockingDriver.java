package dev.holdfast.core.internal.call;

import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.limit.TimerCancel;
import dev.holdfast.core.internal.limit.Waiter;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;

/** Drives calls, each on the thread of its caller. Each wait is a latch that a cancel opens. It has no state of its own: machine and handle have it all. */
final class BlockingDriver {
    private BlockingDriver() {}

    static <R> R execute(CallMachine<R> machine, CallHandle<R> handle) throws Exception {
        Step<R> step = FaultRouting.first(machine, handle);
        while (true) {
            if (step instanceof Step.Return<R> deliver) {
                return deliver.response();
            }
            if (step instanceof Step.Throw<R> raise) {
                throw FaultRouting.asException(raise.thrown());
            }
            try {
                step = next(machine, handle, step);
            } catch (RuntimeException | Error e) {
                // A source, a signer or a time source that is the caller's own. No permit may be lost with it.
                step = machine.stop(StopReason.CALLBACK_FAILED, e);
            }
        }
    }

    private static <R> Step<R> next(CallMachine<R> machine, CallHandle<R> handle, Step<R> step) {
        if (step instanceof Step.Send<R> send) {
            return attempt(machine, handle, send);
        }
        if (step instanceof Step.AcquirePermit<R> permit) {
            return permit(machine, handle, permit);
        }
        return step instanceof Step.AwaitCredential<R> await
                ? credential(machine, handle, await)
                : pause(machine, handle, ((Step.Pause<R>) step).length());
    }

    private static <R> Step<R> attempt(CallMachine<R> machine, CallHandle<R> handle, Step.Send<R> send) {
        Transport.Exchange<R> exchange = machine.exchange(send);
        if (!handle.beginAttempt(exchange)) {
            return machine.cancelled();
        }
        AttemptResponse<R> received;
        try {
            received = exchange.execute();
        } catch (InterruptedException e) {
            return interrupted(machine, e);
        } catch (Exception e) {
            return FaultRouting.afterFault(machine, handle, exchange, e);
        }
        return FaultRouting.afterResponse(machine, handle, received);
    }

    private static <R> Step<R> permit(CallMachine<R> machine, CallHandle<R> handle, Step.AcquirePermit<R> permit) {
        EndpointLimiter limiter = permit.limiter();
        CountDownLatch latch = new CountDownLatch(1);
        Waiter waiter = new Waiter(latch::countDown);
        CallHandle.Wait wait = () -> {
            limiter.leave(waiter);
            latch.countDown();
        };
        // Before the queue is entered: a cancel that comes between the two leaves the queue in advance.
        if (!handle.beginWait(wait)) {
            return machine.cancelled();
        }
        EndpointLimiter.Entry entry;
        try {
            entry = limiter.enter(waiter, permit.left());
        } catch (RuntimeException | Error e) {
            // A time source that is the caller's own.
            abandon(limiter, waiter);
            throw e;
        }
        if (entry != EndpointLimiter.Entry.WAITS) {
            handle.endWait(wait);
            return entry == EndpointLimiter.Entry.ADMITTED
                    ? machine.admitted(waiter)
                    : FaultRouting.refused(machine, waiter);
        }
        try {
            latch.await();
        } catch (InterruptedException e) {
            abandon(limiter, waiter);
            return interrupted(machine, e);
        }
        handle.endWait(wait);
        if (limiter.admitted(waiter)) {
            return machine.admitted(waiter);
        }
        return handle.isCanceled() ? machine.cancelled() : FaultRouting.refused(machine, waiter);
    }

    /** Leaves the queue. The limiter may have granted the permit in this very moment: then this thread holds it, and gives it back. */
    private static void abandon(EndpointLimiter limiter, Waiter waiter) {
        if (!limiter.leave(waiter) && limiter.admitted(waiter) && waiter.permit() == EndpointLimiter.Permit.COUNTED) {
            limiter.release();
        }
    }

    private static <R> Step<R> pause(CallMachine<R> machine, CallHandle<R> handle, Duration length) {
        CountDownLatch latch = new CountDownLatch(1);
        CallHandle.Wait wait = latch::countDown;
        if (!handle.beginWait(wait)) {
            return machine.cancelled();
        }
        boolean canceled;
        try {
            canceled = machine.engine().timeSource().await(latch, length);
        } catch (InterruptedException e) {
            return interrupted(machine, e);
        }
        handle.endWait(wait);
        return canceled ? machine.cancelled() : machine.ready();
    }

    /** Waits up to the deadline. A cancel of this call does not cancel the fetch, which other calls share. */
    private static <R> Step<R> credential(CallMachine<R> machine, CallHandle<R> handle, Step.AwaitCredential<R> await) {
        CountDownLatch latch = new CountDownLatch(1);
        CallHandle.Wait wait = latch::countDown;
        if (!handle.beginWait(wait)) {
            return machine.cancelled();
        }
        var unused = await.coming().whenComplete((credential, thrown) -> latch.countDown());
        Scheduler.Timer limit;
        try {
            limit = machine.engine().scheduler().bound(latch::countDown, lost -> latch.countDown(), await.left());
        } catch (RejectedExecutionException e) {
            return machine.stop(StopReason.CANCELLED, FaultRouting.shutDown(e));
        }
        try {
            latch.await();
        } catch (InterruptedException e) {
            return interrupted(machine, e);
        } finally {
            TimerCancel.cancel(limit);
        }
        handle.endWait(wait);
        return FaultRouting.afterCredential(machine, handle, await);
    }

    /** The flag stays set for the caller, as blocking methods that throw no InterruptedException leave it. */
    private static <R> Step<R> interrupted(CallMachine<R> machine, InterruptedException e) {
        Thread.currentThread().interrupt();
        return machine.stop(StopReason.INTERRUPTED, FaultRouting.interrupted(e));
    }
}
