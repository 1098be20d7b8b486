package dev.holdfast.core.time;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Runs a task later, on a thread that must never be blocked: Holdfast hands it only short tasks of its own, never a user's
 * code. Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface Scheduler {

    /**
     * Runs the task once the delay is over.
     *
     * @param task what to run; short, never blocking
     * @param lost told instead of the task, at most once, where the scheduler is shut down before the task could run
     * @param delay how long to wait; zero or less means as soon as possible, fractions of a millisecond are rounded up
     * @return a handle that takes the task back
     * @throws RejectedExecutionException if the scheduler has been shut down already
     */
    Timer schedule(Runnable task, Consumer<RejectedExecutionException> lost, Duration delay);

    /**
     * Bounds a wait for something outside of this scheduler's time, such as an answer on the wire. A scheduler that skips waits does not skip
     * this one, as it does not skip the timeouts of a socket.
     *
     * @param task what to run; short, never blocking; usually taken back
     * @param lost told instead of the task, at most once, where the scheduler is shut down before the task could run
     * @param delay how long to wait
     * @return a handle that takes the task back
     * @throws RejectedExecutionException if the scheduler has been shut down already
     */
    default Timer bound(Runnable task, Consumer<RejectedExecutionException> lost, Duration delay) {
        return schedule(task, lost, delay);
    }

    /** A task that has been scheduled. */
    @FunctionalInterface
    interface Timer {
        /** Takes the task back if it has not begun; otherwise does nothing. */
        void cancel();
    }

    /**
     * The process's shared timer: one daemon thread, started by the first wait and ended after a minute without one.
     *
     * @return the one shared instance
     */
    static Scheduler shared() {
        return SharedTimer.INSTANCE;
    }

    /**
     * A scheduler on an executor that the caller owns. Where it is shut down with waits in it that it drops, each is told so
     * within about {@value ExecutorScheduler#WATCH_MILLIS} ms.
     *
     * @param executor the caller's executor
     * @return a scheduler that uses it
     */
    static Scheduler of(ScheduledExecutorService executor) {
        return new ExecutorScheduler(executor, SharedTimer.pool());
    }
}
