package dev.holdfast.emulators.laws;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Something that blocks, on a thread of its own that a test can interrupt. */
public final class Background<T> {
    private final FutureTask<T> task;
    private final Thread thread;
    private volatile boolean interruptedAtItsEnd;

    private Background(Callable<T> blocking) {
        task = new FutureTask<>(() -> {
            try {
                return blocking.call();
            } finally {
                interruptedAtItsEnd = Thread.currentThread().isInterrupted();
            }
        });
        thread = new Thread(task, "background");
        thread.setDaemon(true);
        thread.start();
    }

    public static <T> Background<T> run(Callable<T> blocking) {
        return new Background<>(blocking);
    }

    public void interrupt() {
        thread.interrupt();
    }

    public T get() throws Exception {
        return task.get();
    }

    /** What it threw. */
    public Throwable thrown() throws Exception {
        try {
            throw new AssertionError("it did not throw, but returned " + get());
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** Whether its thread's interrupt flag was set when it ended. */
    public boolean interruptedAtItsEnd() {
        return interruptedAtItsEnd;
    }
}
