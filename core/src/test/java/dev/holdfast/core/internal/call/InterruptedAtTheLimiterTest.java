package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.Scheduler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An interrupt in the very moment in which the limiter lets the caller in. */
class InterruptedAtTheLimiterTest {
    @RegisterExtension
    final CallBench bench = CallBench.manual();

    /**
     * Guards BlockingDriver.permit: an admitted place is given back. A limiter takes the expiry of a place back when it has admitted it and before it
     * tells the caller, which is the moment to interrupt the caller.
     */
    @Test
    void thePlaceIsGivenBack() throws Exception {
        AtomicReference<FakeCall> waiting = new AtomicReference<>();
        CountDownLatch queued = new CountDownLatch(1);
        Scheduler interrupting = (task, lost, delay) -> {
            queued.countDown();
            return () -> waiting.get().interrupt();
        };
        Holdfast holdfast = bench.unbounded()
                .limits("default", Limits.NONE.concurrency(1))
                .limiters(Limiters.isolated(bench.time, interrupting))
                .build();
        bench.service.answers(FakeAnswer.ok());
        FakeResponse first = bench.call(holdfast).start(Way.BLOCKING).response();
        waiting.set(bench.call(holdfast).start(Way.BLOCKING));
        queued.await();
        while (waiting.get().thread().getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        first.close();
        assertThat(waiting.get().reason()).isEqualTo(StopReason.INTERRUPTED);
        assertThat(waiting.get().interruptedAtItsEnd()).isTrue();
        assertThat(bench.requests()).isOne();
        assertThat(bench.limiter(holdfast, CallBench.READ).tryEnter())
                .as("the place is free")
                .isNotEqualTo(EndpointLimiter.Permit.NONE);
    }
}
