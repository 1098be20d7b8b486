package dev.holdfast.emulators.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.Once;
import dev.holdfast.emulators.laws.Shortly;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import okhttp3.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Ten thousand calls that wait on the shared timer, and as many of bare OkHttp, over dispatchers of eight threads each and with the same
 * timeouts, because those have a thread of their own. Counted is what the JVM counts: every thread that was started meanwhile, so that
 * one that lived for a moment counts too and the end of another test's makes no difference.
 */
class ScaleThreadsTest {
    private static final int CALLS = 10_000;
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    @RegisterExtension
    final Bench bench = Bench.manual();

    private interface Work {
        void in(Canned canned, Canned.Ends ends) throws InterruptedException;
    }

    /** How many threads one run of all calls starts, the dispatcher's own included. */
    private static long started(Work work) throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getTotalStartedThreadCount();
        try (Canned canned = new Canned()) {
            Canned.Ends ends = new Canned.Ends(CALLS);
            work.in(canned, ends);
            assertThat(ends.allWithin(AT_MOST)).as("all complete").isTrue();
            assertThat(canned.client.connectionPool().connectionCount()).isZero();
            return threads.getTotalStartedThreadCount() - before;
        }
    }

    private static void enqueueAll(Call.Factory calls, Canned.Ends ends, Consumer<Call> seen) {
        for (int i = 0; i < CALLS; i++) {
            Call call = calls.newCall(Canned.failingOnce());
            seen.accept(call);
            call.enqueue(ends);
        }
    }

    private static long bare() throws InterruptedException {
        return started((canned, ends) -> enqueueAll(canned.client, ends, call -> {}));
    }

    @Test
    void atMostTwoThreadsMoreThanBareOkHttpForCallsThatWaitATenthOfASecond() throws Exception {
        long bare = bare();
        long ours = started((canned, ends) -> {
            enqueueAll(canned.wrap(Canned.waiting(Duration.ofMillis(100))), ends, call -> {});
            assertThat(ends.allWithin(AT_MOST)).isTrue();
            assertThat(ends.succeeded).hasValue(CALLS);
        });
        System.out.println("threads started by 10,000 waiting calls: " + ours + ", by bare ones: " + bare);
        assertThat(ours).isLessThanOrEqualTo(bare + 2);
    }

    /** All of them in their wait at one moment, from which a cancel wakes them. */
    @Test
    void atMostTwoThreadsMoreThanBareOkHttpWhileAllWait() throws Exception {
        long bare = bare();
        long ours = started((canned, ends) -> {
            CountDownLatch waiting = new CountDownLatch(CALLS);
            List<Call> calls = new ArrayList<>();
            Holdfast.Builder patient = Canned.waiting(Duration.ofSeconds(25)).listener(new HoldfastListener() {
                @Override
                public void onRetryScheduled(RetryEvent event) {
                    waiting.countDown();
                }
            });
            enqueueAll(canned.wrap(patient), ends, calls::add);
            waiting.await();
            assertThat(ends.succeeded.get() + ends.failed.get()).isZero();
            calls.forEach(Call::cancel);
            assertThat(ends.allWithin(AT_MOST)).isTrue();
            assertThat(ends.failed).hasValue(CALLS);
        });
        assertThat(ours).isLessThanOrEqualTo(bare + 2);
    }

    @Test
    void noWaitingCallHoldsAConnectionOfARealSocket() throws Exception {
        for (int i = 0; i < 50; i++) {
            bench.answers(Bench.status(503));
        }
        bench.script.always(Bench.ok());
        Call.Factory calls = bench.wrap(bench.azure());
        List<Once> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(Once.of(calls.newCall(bench.get(Bench.INSTANCE))));
        }
        bench.time.awaitWaiters(50);
        // The last wait begins in a callback, after which OkHttp has still to strike its call off.
        Shortly.until(() -> bench.client.dispatcher().runningCallsCount() == 0);
        assertThat(bench.client.connectionPool().idleConnectionCount())
                .isEqualTo(bench.client.connectionPool().connectionCount());
        bench.time.advance(Duration.ofMinutes(1));
        for (Once once : waiting) {
            once.get().close();
        }
    }
}
