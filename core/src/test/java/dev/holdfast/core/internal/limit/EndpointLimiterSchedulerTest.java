package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A limiter whose scheduler gives up turns all away that wait, tells each of them once and takes its timers back. */
class EndpointLimiterSchedulerTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Keeps its timers, fires none, and refuses new ones when it is told to. */
    private static final class Kept implements Scheduler {
        private final List<Consumer<RejectedExecutionException>> lost = new ArrayList<>();
        private final List<Duration> delays = new ArrayList<>();
        private int cancelled;
        private boolean gone;

        @Override
        public Timer schedule(Runnable task, Consumer<RejectedExecutionException> told, Duration delay) {
            if (gone) {
                throw new RejectedExecutionException("gone");
            }
            lost.add(told);
            delays.add(delay);
            return () -> cancelled++;
        }
    }

    private final VirtualTime time = VirtualTime.manual();
    private final Kept scheduler = new Kept();
    private final List<Waiter> told = new ArrayList<>();

    private EndpointLimiter limiter(Limits settings) {
        return new LimiterRegistry(time, scheduler, null).limiter(Queue.KEY, settings, this);
    }

    private Waiter ticket() {
        Waiter[] self = new Waiter[1];
        self[0] = new Waiter(() -> told.add(self[0]));
        return self[0];
    }

    private Waiter waiting(EndpointLimiter limiter) {
        Waiter ticket = ticket();
        assertThat(limiter.enter(ticket, LONG)).isEqualTo(EndpointLimiter.Entry.WAITS);
        return ticket;
    }

    /** Guards the catch in WaitQueue.wakeAt: nothing would ever wake the tickets that wait. */
    @Test
    void goneWhenTheNextHasToBeWokenLater() {
        EndpointLimiter limiter = limiter(Queue.every(INTERVAL).concurrency(1));
        assertThat(limiter.tryEnter()).isNotEqualTo(EndpointLimiter.Permit.NONE);
        Waiter second = waiting(limiter);
        Waiter third = waiting(limiter);
        scheduler.gone = true;
        limiter.release();
        assertThat(told).containsExactly(second, third);
        assertThat(limiter.admitted(second)).isFalse();
        assertThat(limiter.admitted(third)).isFalse();
        assertThat(scheduler.cancelled).as("expiries taken back").isEqualTo(2);
        assertThat(limiter.leave(second)).as("it has left already").isFalse();
    }

    /** The queue is empty afterwards: the next one is judged as if it were the first. */
    @Test
    void theGateGoesOnAfterwards() throws Exception {
        EndpointLimiter limiter = limiter(Queue.every(INTERVAL).concurrency(1));
        assertThat(limiter.tryEnter()).isNotEqualTo(EndpointLimiter.Permit.NONE);
        waiting(limiter);
        scheduler.gone = true;
        limiter.release();
        time.advance(INTERVAL);
        assertThat(limiter.tryEnter()).isNotEqualTo(EndpointLimiter.Permit.NONE);
    }

    /** Guards WaitQueue.lost: the timer that would wake the first one is gone, and with it the hope of all. */
    @Test
    void goneWhileTheNextWaitsToBeWoken() throws Exception {
        EndpointLimiter limiter = limiter(Queue.every(INTERVAL));
        assertThat(limiter.tryEnter()).isNotEqualTo(EndpointLimiter.Permit.NONE);
        Waiter second = waiting(limiter);
        Waiter third = waiting(limiter);
        // The wake of the limiter comes first, then one expiry for each.
        assertThat(scheduler.delays).containsExactly(INTERVAL, LONG, LONG);
        scheduler.lost.get(0).accept(new RejectedExecutionException("gone"));
        assertThat(told).containsExactly(second, third);
        assertThat(limiter.admitted(second)).isFalse();
        assertThat(scheduler.cancelled).as("expiries taken back").isEqualTo(2);
        waiting(limiter);
        assertThat(scheduler.delays).as("a new wake and a new expiry").hasSize(5);
    }

    /** Guards WaitQueue.stay: nothing would end the wait of a ticket without an expiry. */
    @Test
    void goneWhenTheWaitWouldBegin() {
        EndpointLimiter limiter = limiter(Limits.NONE.concurrency(1));
        assertThat(limiter.tryEnter()).isNotEqualTo(EndpointLimiter.Permit.NONE);
        scheduler.gone = true;
        Waiter second = ticket();
        assertThat(limiter.enter(second, LONG)).isEqualTo(EndpointLimiter.Entry.REFUSED);
        assertThat(told).as("the caller has the answer already").isEmpty();
        limiter.release();
        assertThat(limiter.admitted(second)).isFalse();
        assertThat(limiter.tryEnter()).isNotEqualTo(EndpointLimiter.Permit.NONE);
    }

    /** A ticket whose own expiry is lost is turned away; the others go on waiting. */
    @Test
    void oneExpiryLost() {
        EndpointLimiter limiter = limiter(Limits.NONE.concurrency(1));
        assertThat(limiter.tryEnter()).isNotEqualTo(EndpointLimiter.Permit.NONE);
        Waiter second = waiting(limiter);
        Waiter third = waiting(limiter);
        scheduler.lost.get(0).accept(new RejectedExecutionException("gone"));
        assertThat(told).containsExactly(second);
        limiter.release();
        assertThat(told).containsExactly(second, third);
        assertThat(limiter.admitted(third)).isTrue();
    }
}
