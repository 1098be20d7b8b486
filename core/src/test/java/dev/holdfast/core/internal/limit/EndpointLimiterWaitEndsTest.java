package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.internal.call.CallBench;
import dev.holdfast.core.internal.call.FakeAnswer;
import dev.holdfast.core.internal.call.FakeCall;
import dev.holdfast.core.internal.call.FakeResponse;
import dev.holdfast.core.internal.call.Way;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.Scheduler;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 10 in a wait for the limiter: cancel, interrupt and the end of the scheduler end it at once, and the next one is served as before. */
class EndpointLimiterWaitEndsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @RegisterExtension
    final CallBench bench = CallBench.manual();

    private Holdfast oneHasGoneJustNow() throws Exception {
        return oneHasGoneJustNow(bench.holdfast().limits("default", Queue.every(INTERVAL)));
    }

    private Holdfast oneHasGoneJustNow(Holdfast.Builder builder) throws Exception {
        Holdfast holdfast = builder.build();
        bench.service.always(FakeAnswer.ok());
        assertThat(bench.call(holdfast).start(Way.BLOCKING).close()).isEqualTo(200);
        return holdfast;
    }

    private void assertTheNextIsServed(Holdfast holdfast) throws Exception {
        assertThat(bench.time.pending()).as("timers left behind").isZero();
        FakeCall next = bench.call(holdfast).start(Way.ASYNC);
        bench.time.awaitWaiters(2);
        bench.time.advance(INTERVAL);
        assertThat(next.close()).isEqualTo(200);
        assertThat(bench.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void cancelledFromAnotherThread(Way way) throws Exception {
        Holdfast holdfast = oneHasGoneJustNow();
        FakeCall call = bench.call(holdfast).start(way);
        bench.time.awaitWaiters(2);
        call.cancel();
        call.cancel();
        assertThat(call.reason()).isEqualTo(StopReason.CANCELLED);
        assertTheNextIsServed(holdfast);
        assertThat(call.timesTold()).isOne();
    }

    @Test
    void interrupted() throws Exception {
        Holdfast holdfast = oneHasGoneJustNow();
        FakeCall call = bench.call(holdfast).start(Way.BLOCKING);
        bench.time.awaitWaiters(2);
        call.interrupt();
        assertThat(call.thrown()).isInstanceOf(InterruptedIOException.class);
        assertThat(call.reason()).isEqualTo(StopReason.INTERRUPTED);
        assertThat(call.interruptedAtItsEnd()).isTrue();
        assertTheNextIsServed(holdfast);
    }

    @Test
    void theVirtualTimeShutDown() throws Exception {
        Holdfast holdfast = oneHasGoneJustNow();
        FakeCall async = bench.call(holdfast).start(Way.ASYNC);
        FakeCall blocked = bench.call(holdfast).start(Way.BLOCKING);
        bench.time.awaitWaiters(3);
        bench.time.shutDown();
        assertThat(async.reason()).isEqualTo(StopReason.NOT_PERMITTED);
        assertThat(blocked.reason()).isEqualTo(StopReason.NOT_PERMITTED);
    }

    /** Without the catch in WaitQueue.stay, such a call would never be told anything. */
    @ParameterizedTest
    @EnumSource
    void theSchedulerShutDownBeforeTheWait(Way way) throws Exception {
        Holdfast holdfast = oneHasGoneJustNow();
        bench.time.shutDown();
        assertThat(bench.call(holdfast).start(way).reason()).isEqualTo(StopReason.NOT_PERMITTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anExecutorShutDownDuringTheWait(boolean byConcurrency) throws Exception {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
        Limits settings = byConcurrency ? Limits.NONE.concurrency(1) : Queue.every(INTERVAL);
        Holdfast holdfast = bench.unbounded()
                .limits("default", settings)
                .limiters(Limiters.isolated(bench.time, Scheduler.of(executor)))
                .build();
        bench.service.always(FakeAnswer.ok());
        try (FakeResponse first = bench.call(holdfast).start(Way.BLOCKING).response()) {
            FakeCall async = bench.call(holdfast).start(Way.ASYNC);
            while (executor.getQueue().isEmpty() && !async.hasEnded()) {
                Thread.onSpinWait();
            }
            executor.shutdownNow();
            assertThat(first.status()).isEqualTo(200);
            assertThat(async.reason()).isEqualTo(StopReason.NOT_PERMITTED);
        }
    }
}
