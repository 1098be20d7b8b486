package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Laws 9 and 10: cancel, interrupt and shutdown end a call at once and exactly once, and leave nothing behind. */
class EndsTest {
    @RegisterExtension
    final CallBench bench = CallBench.manual();

    private Holdfast.Builder waitingTenSeconds() {
        return bench.unbounded().backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(10)));
    }

    private static void assertCancelled(FakeCall call) throws InterruptedException {
        assertThat(call.thrown()).hasMessage("Canceled");
        assertThat(call.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(call.timesTold()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void cancelledBeforeItStarts(Way way) throws Exception {
        FakeCall call = bench.call(bench.unbounded());
        call.cancel();
        assertCancelled(call.start(way));
        assertThat(bench.requests()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void cancelledInAnAttempt(Way way) throws Exception {
        bench.service.answers(FakeAnswer.ok().held());
        FakeCall call = bench.call(bench.unbounded()).start(way);
        bench.service.awaitRequest();
        call.cancel();
        assertCancelled(call);
    }

    @ParameterizedTest
    @EnumSource
    void cancelledInAWait(Way way) throws Exception {
        bench.service.answers(FakeAnswer.status(503));
        FakeCall call = bench.call(waitingTenSeconds()).start(way);
        bench.time.awaitWaiters(1);
        call.cancel();
        assertCancelled(call);
        assertThat(bench.requests()).isOne();
    }

    /** Guards CallMachine.late: an answer that comes in spite of the cancel gives its connection back. */
    @ParameterizedTest
    @CsvSource({"BLOCKING, 200", "ASYNC, 200", "BLOCKING, 503", "ASYNC, 503"})
    void anAnswerThatComesAfterTheCancelIsDiscarded(Way way, int status) throws Exception {
        FakeAnswer late = FakeAnswer.status(status).heldWhateverHappens();
        bench.service.answers(late);
        FakeCall call = bench.call(bench.unbounded()).start(way);
        bench.service.awaitRequest();
        call.cancel();
        late.release();
        assertCancelled(call);
        assertThat(bench.service.discarded()).hasSize(1);
    }

    /** After the decision to wait, before the wait. Time stands still here, so a wait that began would not end. */
    @ParameterizedTest
    @EnumSource
    void cancelledBeforeAWaitBegins(Way way) throws Exception {
        bench.service.answers(FakeAnswer.status(503));
        AtomicReference<FakeCall> call = new AtomicReference<>();
        call.set(bench.call(bench.unbounded().listener(new HoldfastListener() {
            @Override
            public void onRetryScheduled(RetryEvent event) {
                call.get().cancel();
            }
        })));
        assertCancelled(call.get().start(way));
        assertThat(bench.requests()).isOne();
    }

    /** While the first attempt, or the one after a wait, is being made: nothing is sent any more. */
    @ParameterizedTest
    @CsvSource({"BLOCKING, 0", "ASYNC, 0", "BLOCKING, 1", "ASYNC, 1"})
    void cancelledBeforeAnAttemptIsSent(Way way, int attemptsBefore) throws Exception {
        bench.service.always(FakeAnswer.status(503));
        AtomicInteger made = new AtomicInteger();
        FakeCall call = bench.call(waitingTenSeconds());
        bench.service.whilePreparing(() -> {
            if (made.getAndIncrement() == attemptsBefore) {
                call.cancel();
            }
        });
        call.start(way);
        if (attemptsBefore == 1) {
            bench.time.awaitWaiters(1);
            bench.time.advance(Duration.ofSeconds(10));
        }
        assertCancelled(call);
        assertThat(made).hasValue(attemptsBefore + 1);
        assertThat(bench.requests()).isEqualTo(attemptsBefore);
    }

    private static void assertInterrupted(FakeCall call) throws InterruptedException {
        assertThat(call.thrown()).isInstanceOf(InterruptedIOException.class);
        assertThat(call.reason()).isEqualTo(StopReason.INTERRUPTED);
        assertThat(call.interruptedAtItsEnd()).isTrue();
    }

    @Test
    void interruptedInAWait() throws Exception {
        bench.service.answers(FakeAnswer.status(503));
        FakeCall call = bench.call(waitingTenSeconds()).start(Way.BLOCKING);
        bench.time.awaitWaiters(1);
        call.interrupt();
        assertInterrupted(call);
    }

    @Test
    void interruptedInAnAttempt() throws Exception {
        bench.service.answers(FakeAnswer.ok().held());
        FakeCall call = bench.call(bench.unbounded()).start(Way.BLOCKING);
        bench.service.awaitRequest();
        call.interrupt();
        assertInterrupted(call);
        assertThat(bench.requests()).isOne();
    }

    /** An executor that was shut down stays so: guards the case of RejectedExecutionException in FaultRouting.afterFault. */
    @ParameterizedTest
    @CsvSource({"BLOCKING, false", "ASYNC, false", "BLOCKING, true", "ASYNC, true"})
    void theClientsExecutorShutDown(Way way, boolean wrapped) throws Exception {
        RejectedExecutionException rejected = new RejectedExecutionException("shut down");
        Exception fault = wrapped ? new IOException("not sent", rejected) : rejected;
        bench.service.answers(FakeAnswer.fault(fault));
        FakeCall call = bench.call(bench.unbounded()).start(way);
        assertThat(call.thrown()).isSameAs(fault);
        assertThat(call.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(bench.requests()).isOne();
    }

    @Test
    void theSchedulerShutDownBeforeTheWait() throws Exception {
        bench.service.answers(FakeAnswer.status(503));
        bench.time.shutDown();
        assertSchedulerGone(bench.call(waitingTenSeconds()).start(Way.ASYNC));
    }

    @Test
    void theSchedulerShutDownDuringTheWait() throws Exception {
        bench.service.answers(FakeAnswer.status(503));
        FakeCall call = bench.call(waitingTenSeconds()).start(Way.ASYNC);
        bench.time.awaitWaiters(1);
        bench.time.shutDown();
        assertSchedulerGone(call);
    }

    private void assertSchedulerGone(FakeCall call) throws InterruptedException {
        assertThat(call.thrown()).hasMessageContaining("scheduler was shut down");
        assertThat(call.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(call.outcome().attempts()).hasSize(1);
        assertThat(call.timesTold()).isOne();
        assertThat(bench.requests()).isOne();
    }

    @Test
    void theClockShutDownUnderABlockedCaller() throws Exception {
        bench.service.answers(FakeAnswer.status(503));
        FakeCall call = bench.call(waitingTenSeconds()).start(Way.BLOCKING);
        bench.time.awaitWaiters(1);
        bench.time.shutDown();
        assertThat(call.reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aSchedulerThatThrowsSomethingElseEndsTheCallToo() throws Exception {
        bench.service.answers(FakeAnswer.status(503));
        IllegalStateException broken = new IllegalStateException("broken scheduler");
        FakeCall call = bench.call(waitingTenSeconds().scheduler((task, lost, delay) -> {
                    throw broken;
                }))
                .start(Way.ASYNC);
        assertThat(call.thrown()).isSameAs(broken);
        assertThat(call.reason()).isEqualTo(StopReason.CALLBACK_FAILED);
    }
}
