package dev.holdfast.jdk;

import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Time that is over as soon as somebody waits for it or, where it stands still, never. */
final class FakeTime implements TimeSource, Scheduler {
    private final boolean standing;
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
    final List<Duration> waits = new CopyOnWriteArrayList<>();
    final CountDownLatch waited = new CountDownLatch(1);
    volatile boolean timerCancelled;

    private FakeTime(boolean standing) {
        this.standing = standing;
    }

    static FakeTime flying() {
        return new FakeTime(false);
    }

    static FakeTime standing() {
        return new FakeTime(true);
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-01-01T00:00:00Z");
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public boolean await(CountDownLatch woken, Duration atMost) throws InterruptedException {
        begin(atMost);
        if (standing) {
            woken.await();
        }
        nanos.addAndGet(atMost.toNanos());
        return woken.getCount() == 0;
    }

    @Override
    public Timer schedule(Runnable task, Consumer<RejectedExecutionException> lost, Duration delay) {
        begin(delay);
        if (!standing) {
            nanos.addAndGet(delay.toNanos());
            new Thread(task, "fake-timer").start();
        }
        return () -> timerCancelled = true;
    }

    private void begin(Duration wait) {
        waits.add(wait);
        waited.countDown();
    }
}
