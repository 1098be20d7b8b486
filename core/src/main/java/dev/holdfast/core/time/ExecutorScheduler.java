package dev.holdfast.core.time;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
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
        ScheduledFuture<?> future = executor.schedule(entry, millis, TimeUnit.MILLISECONDS);
        if (watcher != null) {
            pending.add(entry);
            if (entry.settled.get()) {
                pending.remove(entry);
            }
            watch(watcher);
        }
        return () -> {
            if (entry.settled.compareAndSet(false, true)) {
                pending.remove(entry);
                future.cancel(false);
            }
        };
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

    private final class Entry implements Runnable {
        private final Runnable task;
        private final Consumer<RejectedExecutionException> lost;
        private final AtomicBoolean settled = new AtomicBoolean();

        Entry(Runnable task, Consumer<RejectedExecutionException> lost) {
            this.task = task;
            this.lost = lost;
        }

        @Override
        public void run() {
            if (settled.compareAndSet(false, true)) {
                pending.remove(this);
                task.run();
            }
        }

        void drop() {
            if (settled.compareAndSet(false, true)) {
                pending.remove(this);
                lost.accept(new RejectedExecutionException("the scheduler was shut down during the wait"));
            }
        }
    }
}
