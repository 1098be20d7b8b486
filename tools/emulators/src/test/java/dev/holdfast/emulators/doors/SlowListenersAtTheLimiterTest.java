package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Background;
import dev.holdfast.emulators.laws.Bench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that wait for a permit and end at their deadline together: the timers of all of them go through one queue. */
class SlowListenersAtTheLimiterTest {
    // Guards SerialExecutor: askForStandIn() before the task
    private static final int WAITING = 6;

    @RegisterExtension
    final Bench bench = Bench.manual();

    @ParameterizedTest
    @EnumSource(names = {"OKHTTP_ENQUEUE", "JDK_SEND_ASYNC"})
    void theFirstListenerThatBlocksHoldsNoOtherCall(Adapter adapter) throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(WAITING - 1);
        AtomicInteger told = new AtomicInteger();
        bench.script.hold();
        bench.script.always(Bench.ok());
        Holdfast holdfast = bench.azure()
                .limiters(Limiters.isolated(bench.time, bench.time))
                .limits("default", Limits.NONE.concurrency(1))
                .deadline(Duration.ofSeconds(20))
                .listener(new HoldfastListener() {
                    @Override
                    public void onOutcome(OutcomeEvent event) {
                        if (event.outcome().reason() == StopReason.SUCCEEDED) {
                            return;
                        }
                        if (told.getAndIncrement() > 0) {
                            others.countDown();
                            return;
                        }
                        try {
                            released.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                })
                .build();
        Background<Reply> first = Background.run(() -> adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE)));
        bench.script.next();
        List<Background<Reply>> waiting = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            waiting.add(Background.run(() -> adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE))));
        }
        bench.time.awaitWaiters(WAITING);

        bench.time.advance(Duration.ofSeconds(20));
        others.await();

        released.countDown();
        for (Background<Reply> each : waiting) {
            assertThat(each.get().outcome().reason()).isEqualTo(StopReason.NOT_PERMITTED);
        }
        bench.script.release();
        assertThat(first.get().status()).isEqualTo(200);
    }
}
