package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Background;
import dev.holdfast.emulators.laws.Bench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A listener runs on a thread of the call that it hears of. What it does there delays no other call. */
class SlowListenersTest {
    private static final int OTHERS = 8;

    /** All calls share one clock: the waits of the others are not to pass the deadline of one. */
    private static final Backoff SHORT = Backoff.fixed(Duration.ofMillis(1));

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply call(Adapter adapter, Holdfast holdfast) throws Exception {
        return adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
    }

    /** Each call is refused once, so that each goes through the queue of wake-ups. */
    private void refuseOnce(int calls) {
        for (int i = 0; i < calls; i++) {
            bench.answers(Bench.status(503));
        }
        bench.script.always(Bench.ok());
    }

    private List<Reply> others(Adapter adapter, Holdfast holdfast) throws Exception {
        List<Background<Reply>> running = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            running.add(Background.run(() -> call(adapter, holdfast)));
        }
        List<Reply> replies = new ArrayList<>();
        for (Background<Reply> each : running) {
            replies.add(each.get());
        }
        return replies;
    }

    @ParameterizedTest
    @EnumSource
    void oneThatBlocksHoldsItsOwnCallAlone(Adapter adapter) throws Exception {
        assertOthersGoOn(adapter, block -> new HoldfastListener() {
            @Override
            public void onOutcome(OutcomeEvent event) {
                block.run();
            }
        });
    }

    /** Between attempts, as at the end. */
    @ParameterizedTest
    @EnumSource
    void oneThatBlocksBetweenAttemptsDoesTheSame(Adapter adapter) throws Exception {
        assertOthersGoOn(adapter, block -> new HoldfastListener() {
            @Override
            public void onRetryScheduled(RetryEvent event) {
                block.run();
            }
        });
    }

    /** The first call to run the block waits in it until the test is over. */
    private void assertOthersGoOn(Adapter adapter, Function<Runnable, HoldfastListener> listener) throws Exception {
        refuseOnce(1);
        CountDownLatch blocks = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        Holdfast holdfast = bench.azure()
                .maxAttempts(2 * OTHERS)
                .backoff(Pace.TRANSIENT, SHORT)
                .listener(listener.apply(() -> {
                    if (first.getAndSet(false)) {
                        blocks.countDown();
                        await(released);
                    }
                }))
                .build();
        Background<Reply> slow = Background.run(() -> call(adapter, holdfast));
        await(blocks);
        refuseOnce(OTHERS);

        assertThat(others(adapter, holdfast)).allSatisfy(reply -> {
            assertThat(reply.outcome().reason()).isEqualTo(StopReason.SUCCEEDED);
            assertThat(reply.status()).isEqualTo(200);
        });

        released.countDown();
        assertThat(slow.get().status()).isEqualTo(200);
    }

    /** A deadlock with a queue of one thread: the call that it waits for stands behind it. */
    @ParameterizedTest
    @EnumSource
    void oneThatMakesACallAndWaitsForItGetsItsResponse(Adapter adapter) throws Exception {
        refuseOnce(2);
        AtomicBoolean first = new AtomicBoolean(true);
        AtomicReference<Holdfast> self = new AtomicReference<>();
        AtomicReference<Reply> inner = new AtomicReference<>();
        self.set(bench.azure()
                .maxAttempts(2 * OTHERS)
                .backoff(Pace.TRANSIENT, SHORT)
                .listener(new HoldfastListener() {
                    @Override
                    public void onOutcome(OutcomeEvent event) {
                        if (first.getAndSet(false)) {
                            try {
                                inner.set(call(adapter, self.get()));
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        }
                    }
                })
                .build());
        assertThat(call(adapter, self.get()).status()).isEqualTo(200);
        assertThat(inner.get().status()).isEqualTo(200);
    }
}
