package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Law 10: a call whose scheduler is gone is told so, and does not wait for ever. */
class Law10SchedulerTest {
    // Guards AsyncDriver.TimedWait.accept, told by schedule(this, this, …), and the catch of RejectedExecutionException
    @RegisterExtension
    final Bench bench = Bench.manual();

    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, Executors.defaultThreadFactory());

    private final CountDownLatch waiting = new CountDownLatch(1);

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    private Holdfast.Builder waitingLong() {
        bench.script.always(Bench.status(503));
        return bench.azure()
                .scheduler((task, lost, delay) -> {
                    Scheduler.Timer timer = Scheduler.of(executor).schedule(task, lost, delay);
                    waiting.countDown();
                    return timer;
                })
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(100)));
    }

    private void assertToldOnce(Once once) {
        IOException thrown = once.await().thrown;
        assertThat(thrown).hasMessageContaining("scheduler was shut down");
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(Outcome.of(thrown).attempts()).hasSize(1);
        assertThat(once.timesTold()).isOne();
        assertThat(bench.requests()).isOne();
    }

    @Test
    void shutDownBeforeTheWait() {
        executor.shutdownNow();
        assertToldOnce(Once.of(bench.call(waitingLong())));
    }

    @Test
    void shutDownDuringTheWait() throws Exception {
        Once once = Once.of(bench.call(waitingLong()));
        waiting.await();
        executor.shutdownNow();
        assertToldOnce(once);
    }

    @Test
    void theVirtualOneShutDownDuringTheWait() throws Exception {
        Once once = Once.of(bench.call(waitingLong().scheduler(bench.time)));
        bench.time.awaitWaiters(1);
        bench.time.shutDown();
        assertToldOnce(once);
    }

    @Test
    void theClockShutDownUnderABlockedCaller() throws Exception {
        Background<Response> caller =
                Background.run(() -> bench.call(waitingLong()).execute());
        bench.time.awaitWaiters(1);
        bench.time.shutDown();
        assertThat(Outcome.of(caller.thrown()).reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aSchedulerThatThrowsSomethingElseEndsTheCallToo() {
        Holdfast.Builder holdfast = waitingLong().scheduler((task, lost, delay) -> {
            throw new IllegalStateException("broken scheduler");
        });
        Once once = Once.of(bench.call(holdfast)).await();
        assertThat(once.thrown).hasRootCauseMessage("broken scheduler");
        assertThat(Outcome.of(once.thrown).reason()).isEqualTo(StopReason.CALLBACK_FAILED);
    }
}
