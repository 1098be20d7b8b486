package dev.holdfast.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedTimerTest {

    @Test
    void oneDaemonThreadServesAll() throws Exception {
        Thread first = threadOfATask();
        assertThat(first.isDaemon()).isTrue();
        assertThat(first.getName()).isEqualTo("holdfast-timer");
        assertThat(threadOfATask()).isSameAs(first);
        assertThat(Scheduler.shared()).isSameAs(Scheduler.shared());
    }

    @Test
    void leavesNothingBehindACancelledWait() {
        int before = SharedTimer.pool().getQueue().size();
        Scheduler.Timer timer = Scheduler.shared().schedule(() -> {}, e -> {}, Duration.ofDays(1));
        assertThat(SharedTimer.pool().getQueue()).hasSizeGreaterThan(before);
        timer.cancel();
        assertThat(SharedTimer.pool().getRemoveOnCancelPolicy()).isTrue();
        assertThat(SharedTimer.pool().getQueue()).noneMatch(task -> ((Delayed) task).getDelay(TimeUnit.HOURS) > 12);
    }

    @Test
    void aTaskThatThrowsDoesNotEndIt() throws Exception {
        Scheduler.shared()
                .schedule(
                        () -> {
                            throw new IllegalStateException("on purpose");
                        },
                        e -> {},
                        Duration.ZERO);
        assertThat(threadOfATask().isAlive()).isTrue();
    }

    @Test
    void itsThreadEndsByItself() {
        assertThat(SharedTimer.pool().allowsCoreThreadTimeOut()).isTrue();
        assertThat(SharedTimer.pool().getKeepAliveTime(TimeUnit.SECONDS)).isEqualTo(60);
    }

    private static Thread threadOfATask() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Scheduler.shared().schedule(() -> thread.complete(Thread.currentThread()), e -> {}, Duration.ZERO);
        return thread.get();
    }
}
