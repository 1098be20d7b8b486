package dev.holdfast.core.time;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Creates the process's timer thread on first use only: with OkHttp, an agent whose calls succeed never has it. */
enum SharedTimer implements Scheduler {
    INSTANCE;

    private static final class Holder {
        static final ScheduledThreadPoolExecutor POOL = pool();
        static final Scheduler SCHEDULER = new ExecutorScheduler(POOL, null);

        private static ScheduledThreadPoolExecutor pool() {
            ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "holdfast-timer");
                thread.setDaemon(true);
                return thread;
            });
            pool.setRemoveOnCancelPolicy(true);
            pool.setKeepAliveTime(60, TimeUnit.SECONDS);
            pool.allowCoreThreadTimeOut(true);
            return pool;
        }
    }

    @Override
    public Timer schedule(Runnable task, Consumer<RejectedExecutionException> lost, Duration delay) {
        return Holder.SCHEDULER.schedule(task, lost, delay);
    }

    static ScheduledThreadPoolExecutor pool() {
        return Holder.POOL;
    }
}
