package dev.holdfast.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.internal.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private static final Duration LONG = Duration.ofSeconds(75);

    private final VirtualTime skipping = VirtualTime.skipping();
    private final VirtualTime manual = VirtualTime.manual();

    @AfterEach
    void shutDown() {
        skipping.shutDown();
        manual.shutDown();
    }

    @Test
    void skipsAWait() throws Exception {
        Instant before = skipping.now();
        long nanos = skipping.nanoTime();
        assertThat(skipping.await(new CountDownLatch(1), LONG)).isFalse();
        assertThat(skipping.elapsed()).isEqualTo(LONG);
        assertThat(Duration.between(before, skipping.now())).isEqualTo(LONG);
        assertThat(skipping.nanoTime() - nanos).isEqualTo(LONG.toNanos());
        assertThat(skipping.pending()).isZero();
    }

    @Test
    void theMonotonicClockMovesAlone() {
        Instant wall = manual.now();
        long nanos = manual.nanoTime();
        manual.schedule(() -> {}, lost -> {}, LONG);
        manual.jumpMonotonic(LONG);
        assertThat(manual.nanoTime() - nanos).isEqualTo(LONG.toNanos());
        assertThat(manual.now()).isEqualTo(wall);
        assertThat(manual.elapsed()).isZero();
        assertThat(manual.pending()).isOne();
        assertThatThrownBy(() -> manual.jumpMonotonic(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("by must be zero or more, but is PT-0.000000001S");
    }

    @Test
    void theMonotonicClockWrapsAround() throws Exception {
        long before = skipping.nanoTime();
        skipping.await(new CountDownLatch(1), LONG);
        assertThat(skipping.nanoTime()).isLessThan(before);
    }

    @Test
    void aCountedLatchEndsAWaitWithoutMovingTime() throws Exception {
        assertThat(skipping.await(new CountDownLatch(0), LONG)).isTrue();
        assertThat(skipping.elapsed()).isZero();
    }

    @Test
    void doesNotWaitForNothing() throws Exception {
        assertThat(manual.await(new CountDownLatch(1), Duration.ZERO)).isFalse();
        assertThat(manual.await(new CountDownLatch(1), LONG.negated())).isFalse();
    }

    @Test
    void anInterruptBeforeAWaitEndsIt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> manual.await(new CountDownLatch(0), LONG)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptDuringAWaitEndsIt() throws Exception {
        FutureTask<Boolean> waiting = new FutureTask<>(() -> manual.await(new CountDownLatch(1), LONG));
        Thread thread = new Thread(waiting);
        thread.start();
        manual.awaitWaiters(1);
        thread.interrupt();
        assertThatThrownBy(() -> waiting.get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(manual.pending()).isZero();
    }

    @Test
    void aManualWaitLastsUntilTimeIsMoved() throws Exception {
        CompletableFuture<Boolean> waiting = waiting(new CountDownLatch(1));
        manual.advance(LONG.minusNanos(1));
        assertThat(manual.pending()).isEqualTo(1);
        assertThat(waiting).isNotDone();
        manual.advance(Duration.ofNanos(1));
        assertThat(waiting.get()).isFalse();
        assertThat(manual.pending()).isZero();
    }

    @Test
    void theLatchEndsAManualWait() throws Exception {
        CountDownLatch cancel = new CountDownLatch(1);
        CompletableFuture<Boolean> waiting = waiting(cancel);
        cancel.countDown();
        assertThat(waiting.get()).isTrue();
        assertThat(manual.elapsed()).isZero();
        assertThat(manual.pending()).isZero();
    }

    private CompletableFuture<Boolean> waiting(CountDownLatch latch) throws InterruptedException {
        CompletableFuture<Boolean> result = CompletableFuture.supplyAsync(() -> {
            try {
                return manual.await(latch, LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        manual.awaitWaiters(1);
        return result;
    }

    @Test
    void aTaskRunsOnADaemonThreadOfItsOwn() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        skipping.schedule(() -> ran.complete(Thread.currentThread()), lost -> {}, LONG);
        Thread thread = ran.get();
        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(thread.isDaemon()).isTrue();
        assertThat(skipping.elapsed()).isEqualTo(LONG);
    }

    @Test
    void noTaskRunsWhileTheSchedulingThreadHoldsItsLock() throws Exception {
        CompletableFuture<String> order = new CompletableFuture<>();
        synchronized (order) {
            skipping.schedule(
                    () -> {
                        synchronized (order) {
                            order.complete("task");
                        }
                    },
                    lost -> {},
                    Duration.ZERO);
            assertThat(order).isNotDone();
        }
        assertThat(order.get()).isEqualTo("task");
    }

    @Test
    void runsInTheOrderOfDueTimesThenOfScheduling() throws Exception {
        List<String> ran = new ArrayList<>();
        for (int seconds : new int[] {3, 1, 2, 1, 3}) {
            String name = seconds + "/" + manual.pending();
            manual.schedule(
                    () -> ran.add(name + "@" + manual.elapsed().toSeconds()), lost -> {}, Duration.ofSeconds(seconds));
        }
        manual.advance(Duration.ofSeconds(2));
        assertThat(ran).containsExactly("1/1@1", "1/3@1", "2/2@2");
        manual.advance(Duration.ofSeconds(2));
        assertThat(ran).endsWith("3/0@3", "3/4@3");
        assertThat(manual.elapsed()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void advancingRunsWhatTasksSchedule() throws Exception {
        List<Long> ran = new ArrayList<>();
        everySecond(ran);
        manual.advance(Duration.ofSeconds(5));
        assertThat(ran).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(manual.pending()).isEqualTo(1);
    }

    private void everySecond(List<Long> ran) {
        manual.schedule(
                () -> {
                    ran.add(manual.elapsed().toSeconds());
                    everySecond(ran);
                },
                lost -> {},
                Duration.ofSeconds(1));
    }

    @Test
    void aCancelledTaskDoesNotRun() throws Exception {
        List<String> ran = new ArrayList<>();
        Scheduler.Timer first = manual.schedule(() -> ran.add("first"), lost -> ran.add("lost"), LONG);
        manual.schedule(() -> ran.add("second"), lost -> {}, LONG);
        first.cancel();
        first.cancel();
        assertThat(manual.pending()).isEqualTo(1);
        manual.advance(LONG);
        assertThat(ran).containsExactly("second");
    }

    @Test
    void aTaskThatThrowsDoesNotStopTime() throws Exception {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        List<String> ran = new ArrayList<>();
        manual.schedule(
                () -> Thread.currentThread().setUncaughtExceptionHandler((t, e) -> seen.complete(e)),
                lost -> {},
                Duration.ZERO);
        manual.schedule(
                () -> {
                    throw new IllegalStateException("broken");
                },
                lost -> {},
                Duration.ZERO);
        manual.schedule(() -> ran.add("next"), lost -> {}, Duration.ZERO);
        manual.advance(Duration.ZERO);
        assertThat(ran).containsExactly("next");
        assertThat(seen.get()).hasMessage("broken");
    }

    @Test
    void aTaskMayNotBlock() throws Exception {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        skipping.schedule(
                () -> {
                    try {
                        result.complete(skipping.await(new CountDownLatch(1), LONG));
                    } catch (InterruptedException | RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                lost -> {},
                Duration.ZERO);
        assertThatThrownBy(() -> result.get())
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must never block");
    }

    @Test
    void shuttingDownTellsWhatIsLost() throws Exception {
        CompletableFuture<Thread> told = new CompletableFuture<>();
        List<String> ran = new ArrayList<>();
        manual.schedule(() -> ran.add("task"), lost -> told.complete(Thread.currentThread()), LONG);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return manual.await(new CountDownLatch(1), LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        manual.awaitWaiters(2);
        manual.shutDown();
        manual.shutDown();
        assertThat(told.get()).isNotSameAs(Thread.currentThread());
        assertThat(waiting.get()).isTrue();
        assertThat(ran).isEmpty();
        assertThat(manual.pending()).isZero();
        assertThat(manual.await(new CountDownLatch(1), LONG)).isTrue();
        assertThatThrownBy(() -> manual.schedule(() -> {}, lost -> {}, LONG))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void theWallClockJumpsAlone() {
        Instant before = manual.now();
        long nanos = manual.nanoTime();
        manual.jumpWall(Duration.ofHours(-1));
        assertThat(manual.now()).isEqualTo(before.minus(Duration.ofHours(1)));
        assertThat(manual.nanoTime()).isEqualTo(nanos);
    }

    @Test
    void timeDoesNotOverflow() throws Exception {
        for (int i = 0; i < 4; i++) {
            skipping.await(new CountDownLatch(1), Durations.FOREVER);
        }
        assertThat(skipping.elapsed()).isGreaterThan(Duration.ofDays(365 * 290));
        assertThat(skipping.now()).isAfter(Instant.parse("2300-01-01T00:00:00Z"));
    }

    @Test
    void runsAnyScheduleInOrder() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Long> due = new ArrayList<>();
        List<Long> ran = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            // Above zero: a task that is due at once may run before it is cancelled.
            long millis = 1 + random.nextInt(100);
            Scheduler.Timer timer =
                    manual.schedule(() -> ran.add(manual.elapsed().toMillis()), lost -> {}, Duration.ofMillis(millis));
            if (random.nextInt(4) == 0) {
                timer.cancel();
            } else {
                due.add(millis);
            }
        }
        while (manual.pending() > 0) {
            manual.advance(Duration.ofMillis(random.nextInt(20)));
        }
        Collections.sort(due);
        assertThat(ran).as("seed %d", seed).isEqualTo(due);
    }

    @Test
    void manyThreadsMayWait() throws Exception {
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(CompletableFuture.runAsync(() -> {
                for (int wait = 0; wait < 100; wait++) {
                    long before = skipping.nanoTime();
                    try {
                        assertThat(skipping.await(new CountDownLatch(1), LONG)).isFalse();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    assertThat(skipping.nanoTime() - before).isGreaterThanOrEqualTo(LONG.toNanos());
                }
            }));
        }
        for (CompletableFuture<Void> thread : threads) {
            thread.get();
        }
        assertThat(skipping.pending()).isZero();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> skipping.advance(LONG)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manual.advance(LONG.negated())).isInstanceOf(IllegalArgumentException.class);
        assertThat(manual).hasToString("VirtualTime[manual, PT0S, 0 pending]");
    }
}
