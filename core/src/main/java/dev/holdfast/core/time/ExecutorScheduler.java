package dev.holdfast.core.time;

import dev.holdfast.core.internal.time.Durations;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits on a caller's executor. An executor drops its queue silently when it is shut down at once, hence the watch. */
final class ExecutorScheduler implements Scheduler {
    static final int WATCH_MILLIS = 100;

    private final ScheduledExecutorService executor;
    private final @Nullable ScheduledExecutorService watcher;
    private final Set<Entry> pending = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();

    /** The watcher is null for the one executor that nobody can shut down. */
    ExecutorScheduler(ScheduledExecutorService executor, @Nullable ScheduledExecutorService watcher) {
        this.executor = Objects.requireNonNull(executor, "executor must not be null");
        this.watcher = watcher;
    }

    @Override
    public Timer schedule(Runnable task, Consumer<RejectedExecutionException> lost, Duration delay) {
        long nanos = Math.max(0, Durations.saturatedNanos(delay));
        // Rounded up: a timer that fires early would come back before the server asked (dotnet/extensions#7001).
        long millis = nanos / 1_000_000 + (nanos % 1_000_000 == 0 ? 0 : 1);
        Entry entry = new Entry(task, lost);
        entry.future = executor.schedule(entry, millis, TimeUnit.MILLISECONDS);
        if (watcher != null) {
            pending.add(entry);
            if (entry.settled) {
                pending.remove(entry);
            }
            watch(watcher);
        }
        return entry;
    }

    private void watch(ScheduledExecutorService timer) {
        if (!pending.isEmpty() && watching.compareAndSet(false, true)) {
            Future<?> unused = timer.schedule(() -> look(timer), WATCH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look(ScheduledExecutorService timer) {
        watching.set(false);
        try {
            if (executor.isTerminated()) {
                for (Entry entry : pending) {
                    entry.drop();
                }
            }
        } finally {
            // Should one of them throw, the next look tells the others.
            watch(timer);
        }
    }

    /** One object for the task, its timer and what is watched, because thousands of calls may wait at once: each for itself takes 16 B or more. */
    private final class Entry implements Callable<@Nullable Void>, Timer {
        private final Runnable task;
        private final Consumer<RejectedExecutionException> lost;
        private volatile boolean settled;
        private @Nullable Future<?> future;

        Entry(Runnable task, Consumer<RejectedExecutionException> lost) {
            this.task = task;
            this.lost = lost;
        }

        /** Returns true once: the task runs, is taken back or is lost. */
        private boolean settle() {
            synchronized (this) {
                if (settled) {
                    return false;
                }
                settled = true;
            }
            pending.remove(this);
            return true;
        }

        @Override
        public @Nullable Void call() {
            if (settle()) {
                task.run();
            }
            return null;
        }

        @Override
        public void cancel() {
            if (settle() && future != null) {
                future.cancel(false);
            }
        }

        void drop() {
            if (settle()) {
                lost.accept(new RejectedExecutionException("the scheduler was shut down during the wait"));
            }
        }
    }
}
