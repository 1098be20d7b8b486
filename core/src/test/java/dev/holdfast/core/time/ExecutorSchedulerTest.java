package dev.holdfast.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.internal.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorSchedulerTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Consumer<RejectedExecutionException> NOT_LOST = e -> {
        throw new AssertionError("lost", e);
    };

    private final Recorder executor = new Recorder();
    private final Scheduler scheduler = Scheduler.of(executor);

    /** Notes what it is asked for. */
    private static final class Recorder extends ScheduledThreadPoolExecutor {
        final List<Long> millis = new ArrayList<>();
        final List<Callable<?>> tasks = new ArrayList<>();

        Recorder() {
            super(1);
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            ScheduledFuture<V> future = super.schedule(task, delay, unit);
            millis.add(unit.toMillis(delay));
            tasks.add(task);
            return future;
        }
    }

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT-1S, 0", "PT0.000000001S, 1", "PT0.001S, 1", "PT0.001000001S, 2", "PT3600S, 3600000"})
    void roundsUpToMilliseconds(Duration delay, long millis) {
        scheduler.schedule(() -> {}, NOT_LOST, delay);
        assertThat(executor.millis).containsExactly(millis);
    }

    @Test
    void aWaitOfThousandsOfYearsIsCut() {
        scheduler.schedule(() -> {}, NOT_LOST, Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(executor.millis).containsExactly(Durations.FOREVER.toMillis());
    }

    @Test
    void runsTheTask() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        scheduler.schedule(() -> ran.complete(Thread.currentThread()), NOT_LOST, Duration.ZERO);
        assertThat(ran.get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void cancelTakesTheTaskBackAndNeitherRunsNorLosesIt() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Scheduler.Timer timer = scheduler.schedule(calls::incrementAndGet, e -> calls.incrementAndGet(), LONG);
        CompletableFuture<RejectedExecutionException> other = new CompletableFuture<>();
        scheduler.schedule(calls::incrementAndGet, other::complete, LONG);

        timer.cancel();
        timer.cancel();
        executor.tasks.get(0).call();
        executor.shutdownNow();

        assertThat(other.get()).isNotNull();
        assertThat(calls).hasValue(0);
    }

    @Test
    void cancelAfterTheRunDoesNothing() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Scheduler.Timer timer = scheduler.schedule(runs::incrementAndGet, NOT_LOST, LONG);
        executor.tasks.get(0).call();
        timer.cancel();
        executor.tasks.get(0).call();
        assertThat(runs).hasValue(1);
    }

    @Test
    void aWaitThatTheExecutorDropsIsToldSo() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<RejectedExecutionException> lost = new CompletableFuture<>();
        scheduler.schedule(runs::incrementAndGet, lost::complete, LONG);

        executor.shutdownNow();

        assertThat(lost.get()).hasMessageContaining("shut down during the wait");
        executor.tasks.get(0).call();
        assertThat(runs).hasValue(0);
    }

    @Test
    void everyWaitIsToldEvenIfOneAnswerThrows() throws Exception {
        int waits = 4;
        CountDownLatch told = new CountDownLatch(waits);
        for (int i = 0; i < waits; i++) {
            Consumer<RejectedExecutionException> lost = e -> {
                told.countDown();
                throw new IllegalStateException("on purpose");
            };
            scheduler.schedule(() -> {}, lost, LONG);
        }
        executor.shutdownNow();
        told.await();
    }

    @Test
    void aGracefulShutdownLosesNothing() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        scheduler.schedule(() -> ran.complete("ran"), e -> ran.complete("lost"), Duration.ofMillis(1));
        executor.shutdown();
        assertThat(ran.get()).isEqualTo("ran");
    }

    @Test
    void refusesWhereItHasBeenShutDownBefore() {
        executor.shutdownNow();
        assertThatThrownBy(() -> scheduler.schedule(() -> {}, NOT_LOST, LONG))
                .isInstanceOf(RejectedExecutionException.class);
    }
}
