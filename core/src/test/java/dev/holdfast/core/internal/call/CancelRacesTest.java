package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 10: cancels that race with everything a call may be doing. Each call ends once, and nothing is left of any. */
class CancelRacesTest {
    private static final int CALLS = 300;
    private static final long SEED = Long.getLong("holdfast.seed", 20261128);

    @RegisterExtension
    final CallBench bench = CallBench.skipping();

    /** Guards CallHandle.endWait: the cancel ends the wait, and the timer that fires at the same moment finds that it is ended. */
    @Test
    void whileTheTimerFires() throws Exception {
        bench.service.always(FakeAnswer.status(503));
        CountDownLatch waiting = new CountDownLatch(1);
        // Fires when it is cancelled, and at no other time.
        Scheduler late = (task, lost, delay) -> {
            waiting.countDown();
            return task::run;
        };
        FakeCall call = bench.call(bench.unbounded().scheduler(late)).start(Way.ASYNC);
        waiting.await();
        int before = bench.service.handOvers();
        call.cancel();
        assertThat(call.thrown()).hasMessage("Canceled");
        assertThat(call.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(bench.service.handOvers() - before)
                .as("ends, handed over by the cancel itself")
                .isOne();
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void threeHundredCalls(Way way) throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 4 * CALLS; i++) {
            bench.service.answers(
                    FakeAnswer.status(List.of(200, 503, 503, 410, 404).get(random.nextInt(5))));
        }
        bench.service.always(FakeAnswer.ok());
        Holdfast holdfast = bench.unbounded().build();
        ExecutorService cancellers = Executors.newFixedThreadPool(2);
        List<FakeCall> calls = new ArrayList<>();
        List<Future<?>> cancels = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            FakeCall call = bench.call(holdfast);
            calls.add(call);
            int spins = random.nextInt(4) * random.nextInt(20_000);
            call.start(way);
            cancels.add(cancellers.submit(() -> {
                for (int spin = 0; spin < spins; spin++) {
                    Thread.onSpinWait();
                }
                call.cancel();
            }));
        }
        for (Future<?> cancel : cancels) {
            cancel.get();
        }
        for (FakeCall call : calls) {
            call.close();
            assertThat(call.timesTold()).as("seed %d", SEED).isOne();
        }
        cancellers.shutdown();
    }
}
