package dev.holdfast.core.internal.time;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs short tasks one after another on a borrowed thread, so that ten thousand waits that end together want one thread and not ten
 * thousand. Safe for several threads.
 */
public final class SerialExecutor {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Makes an empty queue. */
    public SerialExecutor() {}

    /**
     * Adds a task.
     *
     * @param task what to run; what it throws does not keep later tasks from running
     * @param threads runs what it is given on another thread; asked only where no thread is at work
     */
    public void add(Runnable task, Consumer<Runnable> threads) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            threads.accept(this::drain);
        }
    }

    private void drain() {
        do {
            Runnable task = tasks.poll();
            if (task != null) {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    Thread thread = Thread.currentThread();
                    thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
                }
            }
        } while (waiting.decrementAndGet() > 0);
    }
}
