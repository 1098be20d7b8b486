package dev.holdfast.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.laws.Bench;
import dev.holdfast.testkit.laws.Once;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import okhttp3.Call;
import okhttp3.Dispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Ten thousand calls that each wait 100 ms on the shared timer. Counted are the dispatcher's threads at their peak, as the pool itself
 * counts them, and the timer's and the watchdog's; bare OkHttp is counted in the same way, with the same
 * timeouts, because those have a thread of their own.
 */
class ScaleThreadsTest {
    private static final int CALLS = 10_000;

    @RegisterExtension
    final Bench bench = Bench.manual();

    private record Threads(int dispatcher, TreeSet<String> others) {
        int total() {
            return dispatcher + others.size();
        }
    }

    private static Threads run(Canned canned, Call.Factory calls) throws InterruptedException {
        Canned.Ends ends = new Canned.Ends(CALLS);
        for (int i = 0; i < CALLS; i++) {
            calls.newCall(Canned.failingOnce()).enqueue(ends);
        }
        assertThat(ends.allWithin(Duration.ofSeconds(60))).as("all complete").isTrue();
        assertThat(ends.succeeded.get() + ends.failed.get()).isEqualTo(CALLS);
        TreeSet<String> others = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName();
            // Both stay for a minute after their last task. OkHttp's TaskRunner serves connections, of which there are
            // none here.
            if (name.equals("holdfast-timer") || name.startsWith("Okio")) {
                others.add(name + "#" + thread.getId());
            }
        }
        int dispatcher = canned.threads.getLargestPoolSize();
        if (calls != canned.client) {
            assertThat(ends.succeeded.get()).isEqualTo(CALLS);
        }
        assertThat(canned.client.connectionPool().connectionCount()).isZero();
        return new Threads(dispatcher, others);
    }

    @Test
    void atMostTwoThreadsMoreThanBareOkHttp() throws Exception {
        Threads bare;
        Threads ours;
        try (Canned canned = new Canned()) {
            bare = run(canned, canned.client);
        }
        try (Canned canned = new Canned()) {
            ours = run(canned, canned.wrap(Canned.waiting(Duration.ofMillis(100))));
        }
        System.out.println("10,000 waiting calls: " + ours + ", bare: " + bare);
        // How many dispatcher threads come to life is the chance of a moment for both; OkHttp's own bound is what
        // holds.
        assertThat(ours.total()).isLessThanOrEqualTo(new Dispatcher().getMaxRequests() + 2);
        assertThat(bare.total()).isLessThanOrEqualTo(new Dispatcher().getMaxRequests() + 2);
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
        assertThat(bench.client.connectionPool().idleConnectionCount())
                .isEqualTo(bench.client.connectionPool().connectionCount());
        assertThat(bench.client.dispatcher().runningCallsCount()).isZero();
        bench.time.advance(Duration.ofMinutes(1));
        for (Once once : waiting) {
            once.get().close();
        }
    }
}
