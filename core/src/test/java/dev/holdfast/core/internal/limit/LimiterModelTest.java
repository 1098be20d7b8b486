package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.internal.limit.EndpointLimiter.Entry;
import dev.holdfast.core.internal.limit.EndpointLimiter.Permit;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Limits against a simple reference: callers that enter, leave, wait to their deadline, end their attempts and are throttled. Each schedule follows from its
 * seed, which a failure names.
 */
class LimiterModelTest {
    private static final int SCHEDULES = 2_000;
    private static final int STEPS = 120;
    private static final long SEED = 20270211;
    private static final Duration HALF_RATE = Duration.ofSeconds(30);

    /** One schedule, and what the reference knows of it. */
    private static final class Schedule {
        private final long seed;
        private final SplittableRandom random;
        private final VirtualTime time = VirtualTime.manual();
        private final int most;
        private final long interval;
        private final EndpointLimiter limiter;
        private final Deque<Caller> queue = new ArrayDeque<>();
        private final List<Caller> admitted = new ArrayList<>();
        private final Map<String, List<Long>> pauses = new HashMap<>();
        private int underWay;
        private long lastAdmitted = Long.MIN_VALUE;
        private long throttledUntil = Long.MIN_VALUE;
        private boolean lastAtHalfRate;

        /** When an attempt began or ended last, or the queue got its first caller. */
        private long lastChange;

        Schedule(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.most = random.nextInt(4);
            this.interval = random.nextInt(3) == 0
                    ? 0
                    : Duration.ofMillis(random.nextInt(10, 500)).toNanos();
            Limits limits = interval == 0 ? Limits.NONE : Limits.NONE.rate(1, Duration.ofNanos(interval));
            this.limiter = new LimiterRegistry(time, time, null)
                    .limiter(Queue.KEY, most == 0 ? limits : limits.concurrency(most), this);
        }

        private long now() {
            return time.elapsed().toNanos();
        }

        private void check(boolean holds, String what) {
            assertThat(holds).as("seed %s: %s", seed, what).isTrue();
        }

        /** A caller in the queue, or one that was let in. */
        private final class Caller {
            private final Waiter waiter = new Waiter(this::settled);
            private final long deadline;
            private Permit permit = Permit.NONE;
            private boolean told;

            Caller(long deadline) {
                this.deadline = deadline;
            }

            private void settled() {
                check(!told, "told twice");
                told = true;
                if (limiter.admitted(waiter)) {
                    check(queue.peek() == this, "let in before a caller that came earlier");
                    queue.remove(this);
                    permit = waiter.permit();
                    letIn(this);
                } else {
                    check(queue.remove(this), "refused, but not in the queue");
                    check(now() == deadline, "refused at another time than its deadline");
                }
            }
        }

        private void letIn(Caller caller) {
            check(now() < caller.deadline, "let in after its deadline");
            check(caller.permit == (most == 0 ? Permit.FREE : Permit.COUNTED), "another permit than the limits give");
            if (most > 0) {
                underWay++;
                check(underWay <= most, "more attempts under way than the limit");
            }
            if (interval > 0) {
                long least = lastAtHalfRate ? 2 * interval : interval;
                check(
                        lastAdmitted == Long.MIN_VALUE || now() - lastAdmitted >= least,
                        "two attempts within one interval");
                lastAdmitted = now();
                lastChange = now();
                lastAtHalfRate = now() < throttledUntil;
            }
            admitted.add(caller);
        }

        private void enter() {
            long left = Duration.ofMillis(random.nextInt(1, 4_000)).toNanos();
            Caller caller = new Caller(now() + left);
            Permit free = limiter.tryEnter();
            if (free != Permit.NONE) {
                check(queue.isEmpty(), "a newcomer overtook the queue");
                caller.permit = free;
                letIn(caller);
                return;
            }
            int before = queue.size();
            lastChange = before == 0 ? now() : lastChange;
            // Before it enters: it may be told at once.
            queue.add(caller);
            Entry entry = limiter.enter(caller.waiter, Duration.ofNanos(left));
            if (entry == Entry.ADMITTED) {
                queue.remove(caller);
                check(before == 0, "let in before a caller that came earlier");
                caller.permit = caller.waiter.permit();
                letIn(caller);
            } else if (entry == Entry.REFUSED) {
                queue.remove(caller);
                check(left <= (before + 3) * 2 * interval, "refused, though its turn comes in time");
            }
        }

        private void leave() {
            List<Caller> waiting = new ArrayList<>(queue);
            if (!waiting.isEmpty()) {
                Caller caller = waiting.get(random.nextInt(waiting.size()));
                // Before it leaves: the next one may be told by that.
                queue.remove(caller);
                check(limiter.leave(caller.waiter), "a waiting caller cannot leave");
                check(!caller.told, "told after it left");
            }
        }

        private void end() {
            if (!admitted.isEmpty()) {
                Caller caller = admitted.remove(random.nextInt(admitted.size()));
                if (caller.permit == Permit.COUNTED) {
                    underWay--;
                    lastChange = now();
                    limiter.release();
                }
            }
        }

        private void pause() {
            String scope = "scope-" + random.nextInt(3);
            long length = Duration.ofMillis(random.nextInt(6_000)).toNanos();
            limiter.pause(scope, Duration.ofNanos(length));
            pauses.computeIfAbsent(scope, name -> new ArrayList<>()).add(now() + length);
        }

        private void askForThePause() {
            String scope = "scope-" + random.nextInt(3);
            Duration patient = Duration.ofDays(1);
            Duration left = limiter.pauseLeft(scope, patient, patient, Randomness.seeded(random.nextLong()));
            long end = pauses.getOrDefault(scope, List.of()).stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(0);
            long owed = Math.max(0, end - now());
            check(left.toNanos() >= owed, "a pause was cut");
            check(
                    left.toNanos()
                            <= (owed == 0 ? 0 : owed + Duration.ofSeconds(5).toNanos()),
                    "a pause lasts too long");
            Duration hasty = Duration.ofMillis(random.nextInt(1, 500));
            check(
                    limiter.pauseLeft(scope, hasty, patient, Randomness.seeded(1))
                                    .compareTo(hasty.plusSeconds(5))
                            <= 0,
                    "held longer than by a retry-after of its own");
        }

        private void advance(Duration by) throws InterruptedException {
            time.advance(by);
            for (Caller waiting : queue) {
                check(now() < waiting.deadline, "a caller waits past its deadline");
            }
            boolean place = most == 0 || underWay < most;
            // A turn is reserved when there is a place for it: at half rate that takes the permits of two intervals.
            boolean due = now() - lastChange >= 4 * interval;
            check(!place || !due || queue.isEmpty(), "a caller waits, though there is room");
        }

        void run() throws InterruptedException {
            for (int step = 0; step < STEPS; step++) {
                int what = random.nextInt(100);
                if (what < 40) {
                    enter();
                } else if (what < 50) {
                    leave();
                } else if (what < 70) {
                    end();
                } else if (what < 72) {
                    limiter.throttled();
                    lastChange = now();
                    throttledUntil = interval == 0 ? Long.MIN_VALUE : now() + HALF_RATE.toNanos();
                } else if (what < 76) {
                    pause();
                } else if (what < 82) {
                    askForThePause();
                } else {
                    advance(Duration.ofMillis(random.nextInt(1, 900)));
                }
            }
            while (!queue.isEmpty()) {
                leave();
            }
            while (!admitted.isEmpty()) {
                end();
            }
            time.advance(Duration.ofMinutes(10));
            check(time.pending() == 0, "a timer is left");
            check(limiter.isFresh(), "something is remembered for ever");
            time.shutDown();
        }
    }

    @Test
    void everyScheduleEndsAsTheReferenceSays() throws InterruptedException {
        for (long seed = SEED; seed < SEED + SCHEDULES; seed++) {
            new Schedule(seed).run();
        }
    }

    /** Threads that enter, leave and release at once: the limit holds at each moment, and nothing is left of them. */
    @Test
    void theLimitHoldsFor64Threads() throws Exception {
        int most = 5;
        VirtualTime time = VirtualTime.manual();
        EndpointLimiter limiter =
                new LimiterRegistry(time, time, null).limiter(Queue.KEY, Limits.NONE.concurrency(most), this);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger highest = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(64);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> running = new ArrayList<>();
        for (int thread = 0; thread < 64; thread++) {
            SplittableRandom random = new SplittableRandom(SEED + thread);
            running.add(threads.submit(() -> {
                go.await();
                int admissions = 0;
                for (int i = 0; i < 200; i++) {
                    if (enters(limiter, random.nextInt(5) == 0)) {
                        highest.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                        admissions++;
                        Thread.onSpinWait();
                        underWay.decrementAndGet();
                        limiter.release();
                    }
                }
                return admissions;
            }));
        }
        go.countDown();
        List<Integer> admissions = new ArrayList<>();
        for (Future<Integer> each : running) {
            admissions.add(each.get());
        }
        threads.shutdown();
        assertThat(highest.get()).as("attempts at once, seed %s", SEED).isBetween(1, most);
        assertThat(Collections.min(admissions))
                .as("admissions of the thread that had least")
                .isPositive();
        assertThat(underWay).hasValue(0);
        assertThat(time.pending()).isZero();
        assertThat(limiter.isFresh()).isTrue();
    }

    /** Returns whether the attempt may be made; a caller that cancels may have been let in all the same. */
    private static boolean enters(EndpointLimiter limiter, boolean cancels) throws InterruptedException {
        if (limiter.tryEnter() != Permit.NONE) {
            return true;
        }
        CountDownLatch told = new CountDownLatch(1);
        Waiter waiter = new Waiter(told::countDown);
        Entry entry = limiter.enter(waiter, Duration.ofHours(1));
        if (entry != Entry.WAITS) {
            return entry == Entry.ADMITTED;
        }
        if (cancels && limiter.leave(waiter)) {
            return false;
        }
        told.await();
        return limiter.admitted(waiter);
    }
}
