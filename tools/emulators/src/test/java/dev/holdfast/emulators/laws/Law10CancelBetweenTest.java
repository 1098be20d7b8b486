package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.VirtualTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 10: a cancel that comes between two steps is seen by the next one. What a race hits only sometimes is hit every time: the cancel comes
 * from within: out of a listener, or
 * out of the client while it makes an attempt.
 */
class Law10CancelBetweenTest {
    // Guards CallHandle.beginAttempt and beginWait, which ask whether the call was cancelled
    @RegisterExtension
    final Bench bench = Bench.manual();

    private final AtomicReference<Call> call = new AtomicReference<>();

    private Throwable thrown(Holdfast.Builder holdfast, boolean async) {
        Call made = bench.call(holdfast);
        call.set(made);
        return Adapter.reply(made, async).thrown();
    }

    private static void assertCancelled(Throwable thrown) {
        assertThat(thrown).hasMessage("Canceled");
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.CANCELLED);
    }

    /** After the decision to wait, before the wait. Time stands still here, so a wait that began would not end. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void beforeAWaitBegins(boolean async) {
        bench.script.always(Bench.status(503));
        Throwable thrown = thrown(
                bench.azure().listener(new HoldfastListener() {
                    @Override
                    public void onRetryScheduled(RetryEvent event) {
                        call.get().cancel();
                    }
                }),
                async);
        assertCancelled(thrown);
        assertThat(bench.requests()).isOne();
        assertThat(bench.time.pending()).isZero();
    }

    /** While the first attempt, or the one after a wait, is being made: nothing is sent any more. */
    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "false, 1", "true, 1"})
    void beforeAnAttemptIsSent(boolean async, int attemptsBefore) {
        bench.script.always(Bench.status(503));
        AtomicInteger made = new AtomicInteger();
        bench.client = bench.client(builder -> builder.eventListenerFactory(attempt -> {
            if (made.getAndIncrement() == attemptsBefore) {
                call.get().cancel();
            }
            return EventListener.NONE;
        }));
        VirtualTime skipping = VirtualTime.skipping();
        try {
            assertCancelled(thrown(bench.azure().timeSource(skipping).scheduler(skipping), async));
        } finally {
            skipping.shutDown();
        }
        assertThat(made).hasValue(attemptsBefore + 1);
        assertThat(bench.requests()).isEqualTo(attemptsBefore);
    }

    /** Guards claimWait: the cancel ends the wait, and the timer that fires at the same moment finds that it is ended. */
    @Test
    void whileTheTimerFires() throws Exception {
        bench.script.always(Bench.status(503));
        ExecutorService single = Executors.newSingleThreadExecutor();
        bench.client = bench.client(builder -> builder.dispatcher(new Dispatcher(single)));
        CountDownLatch waiting = new CountDownLatch(1);
        // Fires when it is cancelled, and at no other time.
        Scheduler late = (task, lost, delay) -> {
            waiting.countDown();
            return task::run;
        };
        Call made = bench.call(bench.azure().scheduler(late));
        Once once = Once.of(made);
        waiting.await();
        // Until the attempt before is struck off, so that the cancel meets the wait and nothing else.
        single.submit(() -> {}).get();
        made.cancel();
        assertCancelled(once.await().thrown);
        for (int i = 0; i < 5; i++) {
            // Whatever a second end would need, it had its turn.
            single.submit(() -> {}).get();
        }
        assertThat(once.timesTold()).isOne();
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void beforeTheCallItself(boolean async) {
        Call made = bench.call(bench.azure());
        made.cancel();
        assertCancelled(Adapter.reply(made, async).thrown());
        assertThat(bench.requests()).isZero();
    }
}
