package dev.holdfast.emulators.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.time.Scheduler;
import dev.holdfast.emulators.laws.CapturedLogs;
import dev.holdfast.emulators.laws.Shortly;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.IntStream;
import okhttp3.Call;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/**
 * The live heap of a call that waits, over ten thousand of them. What is the caller's own (requests, callback) exists before the first
 * measurement; what is held by the timer is counted. Two collections before each measurement, because the first one only finds what has
 * to be cleaned.
 */
class ScaleMemoryTest {
    private static final int CALLS = 10_000;
    private static final long MOST = 1_024;

    private static long liveHeap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Call.Factory onExecutor(Canned canned, ScheduledThreadPoolExecutor timer, Duration wait) {
        return canned.wrap(Canned.waiting(wait).scheduler(Scheduler.of(timer)));
    }

    @Test
    void atMostOneKilobyteForAWaitingCall() throws Exception {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
        try (Canned canned = new Canned()) {
            Call.Factory calls = onExecutor(canned, timer, Duration.ofSeconds(100));
            Canned.Ends ends = new Canned.Ends(CALLS + 1);
            calls.newCall(Canned.failingOnce()).enqueue(ends);
            awaitQueued(timer, 1);
            List<Request> requests = IntStream.range(0, CALLS)
                    .mapToObj(i -> Canned.failingOnce())
                    .toList();
            CapturedLogs.clear();
            long before = liveHeap();
            for (Request request : requests) {
                calls.newCall(request).enqueue(ends);
            }
            awaitQueued(timer, CALLS + 1);
            // These tests keep every line that is logged, until they are asked.
            CapturedLogs.clear();
            long each = (liveHeap() - before) / CALLS;
            System.out.println("live heap for each of 10,000 waiting calls: " + each + " B");
            assertThat(each).isLessThanOrEqualTo(MOST);
            assertThat(requests).hasSize(CALLS);
        } finally {
            timer.shutdownNow();
        }
    }

    static void awaitQueued(ScheduledThreadPoolExecutor timer, int count) throws InterruptedException {
        Shortly.until(() -> timer.getQueue().size() >= count);
    }
}
