package dev.holdfast.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A gate whose scheduler gives up turns all away that wait, tells each of them once and takes its timers back. */
class GateSchedulerTest {
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
    private final List<Ticket> told = new ArrayList<>();

    private Gate gate(GateSettings settings) {
        return new GateRegistry(time, scheduler, null).gate(Queue.KEY, settings);
    }

    private Ticket ticket() {
        Ticket[] self = new Ticket[1];
        self[0] = new Ticket(() -> told.add(self[0]));
        return self[0];
    }

    private Ticket waiting(Gate gate) {
        Ticket ticket = ticket();
        assertThat(gate.enter(ticket, LONG)).isEqualTo(Gate.Entry.WAITS);
        return ticket;
    }

    /** Guards the catch in Gate.wakeAt: nothing would ever wake the tickets that wait. */
    @Test
    void goneWhenTheNextHasToBeWokenLater() {
        Gate gate = gate(Queue.every(INTERVAL).withConcurrency(1));
        assertThat(gate.tryEnter()).isTrue();
        Ticket second = waiting(gate);
        Ticket third = waiting(gate);
        scheduler.gone = true;
        gate.release();
        assertThat(told).containsExactly(second, third);
        assertThat(gate.admitted(second)).isFalse();
        assertThat(gate.admitted(third)).isFalse();
        assertThat(scheduler.cancelled).as("expiries taken back").isEqualTo(2);
        assertThat(gate.leave(second)).as("it has left already").isFalse();
    }

    /** The queue is empty afterwards: the next one is judged as if it were the first. */
    @Test
    void theGateGoesOnAfterwards() throws Exception {
        Gate gate = gate(Queue.every(INTERVAL).withConcurrency(1));
        assertThat(gate.tryEnter()).isTrue();
        waiting(gate);
        scheduler.gone = true;
        gate.release();
        time.advance(INTERVAL);
        assertThat(gate.tryEnter()).isTrue();
    }

    /** Guards Gate.lost: the timer that would wake the first one is gone, and with it the hope of all. */
    @Test
    void goneWhileTheNextWaitsToBeWoken() throws Exception {
        Gate gate = gate(Queue.every(INTERVAL));
        assertThat(gate.tryEnter()).isTrue();
        Ticket second = waiting(gate);
        Ticket third = waiting(gate);
        // The wake of the limiter comes first, then one expiry for each.
        assertThat(scheduler.delays).containsExactly(INTERVAL, LONG, LONG);
        scheduler.lost.get(0).accept(new RejectedExecutionException("gone"));
        assertThat(told).containsExactly(second, third);
        assertThat(gate.admitted(second)).isFalse();
        assertThat(scheduler.cancelled).as("expiries taken back").isEqualTo(2);
        waiting(gate);
        assertThat(scheduler.delays).as("a new wake and a new expiry").hasSize(5);
    }

    /** Guards Gate.stay: nothing would end the wait of a ticket without an expiry. */
    @Test
    void goneWhenTheWaitWouldBegin() {
        Gate gate = gate(GateSettings.OPEN.withConcurrency(1));
        assertThat(gate.tryEnter()).isTrue();
        scheduler.gone = true;
        Ticket second = ticket();
        assertThat(gate.enter(second, LONG)).isEqualTo(Gate.Entry.REFUSED);
        assertThat(told).as("the caller has the answer already").isEmpty();
        gate.release();
        assertThat(gate.admitted(second)).isFalse();
        assertThat(gate.tryEnter()).isTrue();
    }

    /** A ticket whose own expiry is lost is turned away; the others go on waiting. */
    @Test
    void oneExpiryLost() {
        Gate gate = gate(GateSettings.OPEN.withConcurrency(1));
        assertThat(gate.tryEnter()).isTrue();
        Ticket second = waiting(gate);
        Ticket third = waiting(gate);
        scheduler.lost.get(0).accept(new RejectedExecutionException("gone"));
        assertThat(told).containsExactly(second);
        gate.release();
        assertThat(told).containsExactly(second, third);
        assertThat(gate.admitted(third)).isTrue();
    }
}
