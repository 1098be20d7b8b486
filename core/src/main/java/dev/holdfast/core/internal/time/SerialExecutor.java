package dev.holdfast.core.internal.time;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs short tasks one after another on a borrowed thread: ten thousand waits that end together need few threads. A task may be long all the same, because it
 * runs a user's code. A stand-in then goes on with the other tasks. Thread-safe.
 *
 * <p>While tasks wait, one stand-in is asked for. If its thread finds the leader in the task of that moment, it takes the lead. Otherwise the leader makes
 * progress, and another stand-in is asked for while tasks wait. So no timer is needed, and a task that never ends holds one thread and no other task.
 */
public final class SerialExecutor {
    private record Task(Runnable work, Consumer<Runnable> threads) {}

    /** Guarded by the monitor of this object, as is all else. */
    private final Queue<Task> tasks = new ArrayDeque<>();

    /** The thread's token that runs the tasks; null where no thread is at work. A leader that finds another token in its place ends. */
    private @Nullable Object leader;

    /** How many tasks have begun. */
    private long begun;

    private boolean standInAsked;

    /** Makes an empty queue. */
    public SerialExecutor() {}

    /**
     * Adds a task.
     *
     * @param task what to run; what it throws does not keep later tasks from running
     * @param threads runs what it is given on another thread; asked where no thread is at work, and for a stand-in while tasks wait
     */
    public void add(Runnable task, Consumer<Runnable> threads) {
        synchronized (this) {
            tasks.add(new Task(task, threads));
        }
        askForStandIn();
    }

    /** Asks for a thread where tasks wait and none is on its way. Without the lock: the threads are the caller's. */
    private void askForStandIn() {
        Consumer<Runnable> threads;
        long then;
        synchronized (this) {
            Task first = tasks.peek();
            if (first == null || standInAsked) {
                return;
            }
            standInAsked = true;
            threads = first.threads;
            then = begun;
        }
        threads.accept(() -> standIn(then));
    }

    private void standIn(long then) {
        Object self = new Object();
        boolean leads;
        synchronized (this) {
            standInAsked = false;
            leads = leader == null || begun == then;
            leader = leads ? self : leader;
        }
        if (leads) {
            drain(self);
        } else {
            askForStandIn();
        }
    }

    private void drain(Object self) {
        for (Task task = next(self); task != null; task = next(self)) {
            // Before the task: it may never end.
            askForStandIn();
            try {
                task.work.run();
            } catch (RuntimeException | Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** Returns the next task; null if there is none, or another thread has taken the lead. */
    private synchronized @Nullable Task next(Object self) {
        if (leader != self) {
            return null;
        }
        Task task = tasks.poll();
        if (task == null) {
            leader = null;
        } else {
            begun++;
        }
        return task;
    }
}
