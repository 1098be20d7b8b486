package dev.holdfast.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Outcome;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.gate.Gates;
import dev.holdfast.core.retry.StopReason;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.testkit.laws.Background;
import dev.holdfast.testkit.laws.Bench;
import dev.holdfast.testkit.laws.Once;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 10 in a wait for the gate: cancel, interrupt and the end of the scheduler end it at once, and the next one is served as before. */
class GateWaitEndsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @RegisterExtension
    final Bench bench = Bench.manual();

    private Call.Factory calls;

    @BeforeEach
    void oneHasGoneJustNow() throws Exception {
        calls = bench.wrap(narrow());
        bench.script.always(Bench.ok());
        newCall().execute().close();
    }

    private Holdfast.Builder narrow() {
        return bench.here(Holdfast.builder(AzureImds.SERVICE)).gate("default", Queue.every(INTERVAL));
    }

    private Call newCall() {
        return calls.newCall(bench.get(Bench.INSTANCE));
    }

    private void assertTheNextIsServed() throws Exception {
        assertThat(bench.time.pending()).as("timers left behind").isZero();
        Once next = Once.of(newCall());
        bench.time.awaitWaiters(2);
        bench.time.advance(INTERVAL);
        next.get().close();
        assertThat(bench.requests()).isEqualTo(2);
    }

    @Test
    void cancelledFromAnotherThread() throws Exception {
        Call call = newCall();
        Background<Response> caller = Background.run(call::execute);
        bench.time.awaitWaiters(2);
        call.cancel();
        assertThat(Outcome.of(caller.thrown()).reason()).isEqualTo(StopReason.CANCELLED);
        assertTheNextIsServed();
    }

    @Test
    void cancelledInAsync() throws Exception {
        Call call = newCall();
        Once once = Once.of(call);
        bench.time.awaitWaiters(2);
        call.cancel();
        call.cancel();
        assertThat(Outcome.of(once.await().thrown).reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(once.timesTold()).isOne();
        assertTheNextIsServed();
    }

    @Test
    void interrupted() throws Exception {
        Background<Response> caller = Background.run(newCall()::execute);
        bench.time.awaitWaiters(2);
        caller.interrupt();
        assertThat(caller.thrown()).isInstanceOf(InterruptedIOException.class);
        assertThat(Outcome.of(caller.thrown()).reason()).isEqualTo(StopReason.INTERRUPTED);
        assertThat(caller.interruptedAtItsEnd()).isTrue();
        assertTheNextIsServed();
    }

    @Test
    void theVirtualTimeShutDown() throws Exception {
        Once async = Once.of(newCall());
        Background<Response> blocked = Background.run(newCall()::execute);
        bench.time.awaitWaiters(3);
        bench.time.shutDown();
        assertThat(Outcome.of(async.await().thrown).reason()).isEqualTo(StopReason.GATE_REFUSED);
        assertThat(Outcome.of(blocked.thrown()).reason()).isEqualTo(StopReason.GATE_REFUSED);
    }

    /** Without the catch in Gate.stay, such a call would never be told anything. */
    @Test
    void theSchedulerShutDownBeforeTheWait() throws Exception {
        bench.time.shutDown();
        Once async = Once.of(newCall());
        assertThat(Outcome.of(async.await().thrown).reason()).isEqualTo(StopReason.GATE_REFUSED);
        Background<Response> blocked = Background.run(newCall()::execute);
        assertThat(Outcome.of(blocked.thrown()).reason()).isEqualTo(StopReason.GATE_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anExecutorShutDownDuringTheWait(boolean byConcurrency) throws Exception {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
        GateSettings settings =
                byConcurrency ? GateSettings.OPEN.withConcurrency(1) : Queue.every(Duration.ofMinutes(1));
        calls = bench.wrap(
                bench.azure().gate("default", settings).gates(Gates.isolated(bench.time, Scheduler.of(executor))));
        try (Response first = newCall().execute()) {
            Once async = Once.of(newCall());
            while (executor.getQueue().isEmpty()) {
                Thread.onSpinWait();
            }
            executor.shutdownNow();
            assertThat(first.code()).isEqualTo(200);
            assertThat(Outcome.of(async.await().thrown).reason()).isEqualTo(StopReason.GATE_REFUSED);
        }
    }
}
