package dev.holdfast.core.time;

import dev.holdfast.core.internal.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A clock and a scheduler for tests, whose time is not the machine's. {@link #skipping()} jumps to the end of a wait as soon as somebody waits, so
 * that a maintenance of 75 s takes milliseconds; {@link #manual()} moves only when told, for tests that look inside a wait.
 *
 * <p>Waits end in the order of their due times, those of one instant in the order in which they were asked for. Scheduled tasks run on one
 * daemon thread of this object, never on the thread that schedules them.
 *
 * <p>Only who asks this clock is fooled: the timeouts of a socket go on in real time. And where several calls run at once, a skipping clock
 * takes the time that one call waits from all of them; use a manual one there.
 */
public final class VirtualTime implements TimeSource, Scheduler {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /** Wraps around after 20 s, so that code is found out which compares two readings instead of subtracting them. */
    private static final long ORIGIN = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(20);

    private final boolean skipping;
    private final Timeline timeline;
    private final AtomicReference<Duration> wallShift = new AtomicReference<>(Duration.ZERO);
    private final AtomicLong monotonicShift = new AtomicLong();

    private VirtualTime(boolean skipping) {
        this.skipping = skipping;
        this.timeline = new Timeline(skipping);
    }

    /**
     * Time that jumps to the end of the earliest wait as soon as there is one.
     *
     * @return a new clock at 2026-01-01T00:00:00Z
     */
    public static VirtualTime skipping() {
        return new VirtualTime(true);
    }

    /**
     * Time that moves by {@link #advance} only.
     *
     * @return a new clock at 2026-01-01T00:00:00Z
     */
    public static VirtualTime manual() {
        return new VirtualTime(false);
    }

    @Override
    public Instant now() {
        return START.plusNanos(timeline.elapsed()).plus(wallShift.get());
    }

    @Override
    public long nanoTime() {
        return ORIGIN + timeline.elapsed() + monotonicShift.get();
    }

    /**
     * The time that has passed.
     *
     * @return since this clock was made
     */
    public Duration elapsed() {
        return Duration.ofNanos(timeline.elapsed());
    }

    /**
     * Moves the wall clock alone, as NTP or the resumption of a suspended VM does. The monotonic clock stays, and no wait ends.
     *
     * @param by how far; negative sets the wall clock back
     */
    public void jumpWall(Duration by) {
        wallShift.updateAndGet(shift -> shift.plus(by));
    }

    /**
     * Moves the monotonic clock alone, as a wall clock that stands still shows it. The wall clock stays, and no wait ends.
     *
     * @param by how far, zero or more: a monotonic clock never runs back
     * @throws IllegalArgumentException if negative
     */
    public void jumpMonotonic(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("by must be zero or more, but is " + by);
        }
        monotonicShift.addAndGet(Durations.saturatedNanos(by));
    }

    /**
     * Waits in this time. After {@link #shutDown()} it ends as if woken, because nobody moves time any more.
     *
     * @param woken the latch that ends the wait early
     * @param atMost how long to wait; zero or less returns at once
     * @return true if the latch ended the wait, false if the time was over
     * @throws InterruptedException if the thread is interrupted before or during the wait
     * @throws IllegalStateException if a scheduled task asks for it, which must never block
     */
    @Override
    public boolean await(CountDownLatch woken, Duration atMost) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long nanos = Durations.saturatedNanos(atMost);
        if (woken.getCount() == 0 || nanos <= 0) {
            return woken.getCount() == 0;
        }
        CountDownLatch over = new CountDownLatch(1);
        Timeline.Entry entry = timeline.addWait(over, nanos);
        if (entry == null) {
            return true;
        }
        // A skipped wait is over at once; only one that lasts has to hear the latch as well.
        Thread watcher = skipping ? null : watch(woken, over);
        try {
            over.await();
        } finally {
            timeline.remove(entry);
            if (watcher != null) {
                watcher.interrupt();
            }
        }
        return woken.getCount() == 0 || timeline.isShutDown();
    }

    private static Thread watch(CountDownLatch woken, CountDownLatch over) {
        Thread watcher = Timeline.daemon("holdfast-virtual-watcher", () -> {
            try {
                woken.await();
                over.countDown();
            } catch (InterruptedException e) {
                // The wait ended in another way first, and so does this thread.
            }
        });
        watcher.start();
        return watcher;
    }

    @Override
    public Timer schedule(Runnable task, Consumer<RejectedExecutionException> lost, Duration delay) {
        Objects.requireNonNull(task, "task must not be null");
        Objects.requireNonNull(lost, "lost must not be null");
        Timeline.@Nullable Entry entry = timeline.add(task, lost, Math.max(0, Durations.saturatedNanos(delay)));
        if (entry == null) {
            throw new RejectedExecutionException("the virtual time was shut down");
        }
        return () -> timeline.remove(entry);
    }

    @Override
    public Timer bound(Runnable task, Consumer<RejectedExecutionException> lost, Duration delay) {
        return skipping ? Scheduler.shared().bound(task, lost, delay) : schedule(task, lost, delay);
    }

    /**
     * Moves a manual clock, ends every wait that falls due and returns when the tasks that fell due have run, those included that they
     * scheduled. A thread whose wait has ended may still be on its way.
     *
     * @param by how far, zero or more
     * @throws InterruptedException if the thread is interrupted
     * @throws IllegalStateException if the clock is a skipping one, or a task asks for it
     * @throws IllegalArgumentException if negative
     */
    public void advance(Duration by) throws InterruptedException {
        if (skipping) {
            throw new IllegalStateException("a skipping clock moves by itself; make one with VirtualTime.manual()");
        }
        if (by.isNegative()) {
            throw new IllegalArgumentException("by must be zero or more, but is " + by);
        }
        timeline.advance(Durations.saturatedNanos(by));
    }

    /**
     * Blocks until somebody waits, for at most 4 minutes of real time: a slow machine must fail no test.
     *
     * @param count how many waits and scheduled tasks there must be at least
     * @throws InterruptedException if the thread is interrupted
     * @throws AssertionError if there are fewer after 4 minutes
     */
    public void awaitWaiters(int count) throws InterruptedException {
        timeline.awaitSize(count);
    }

    /**
     * The waits and scheduled tasks that have not ended; after a test there must be none.
     *
     * @return how many
     */
    public int pending() {
        return timeline.size();
    }

    /** Drops what is pending and tells it so, and refuses what comes later. Waits end as if woken. Harmless if repeated. */
    public void shutDown() {
        timeline.shutDown();
    }

    @Override
    public String toString() {
        return "VirtualTime[" + (skipping ? "skipping" : "manual") + ", " + elapsed() + ", " + pending() + " pending]";
    }
}
