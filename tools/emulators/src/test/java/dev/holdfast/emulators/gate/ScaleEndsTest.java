package dev.holdfast.emulators.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import okhttp3.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten thousand calls in a wait of a hundred seconds, all of which end together in an unusual way. */
class ScaleEndsTest {
    private static final int CALLS = 10_000;
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Canned canned = new Canned();
    private final Canned.Ends ends = new Canned.Ends(CALLS);
    private final List<Call> waiting = new ArrayList<>();

    @BeforeEach
    void allWait() throws InterruptedException {
        Call.Factory calls = canned.wrap(Canned.waiting(Duration.ofSeconds(100)).scheduler(Scheduler.of(timer)));
        for (int i = 0; i < CALLS; i++) {
            Call call = calls.newCall(Canned.failingOnce());
            waiting.add(call);
            call.enqueue(ends);
        }
        ScaleMemoryTest.awaitQueued(timer, CALLS);
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
        canned.close();
    }

    @Test
    void cancelledAllCompleteAtOnce() throws Exception {
        waiting.forEach(Call::cancel);
        assertThat(ends.allWithin(AT_ONCE)).isTrue();
        assertThat(ends.failed).hasValue(CALLS);
    }

    @Test
    void withTheirSchedulerShutDownAllCompleteWithAnError() throws Exception {
        timer.shutdownNow();
        assertThat(ends.allWithin(AT_ONCE)).isTrue();
        assertThat(ends.failed).hasValue(CALLS);
    }
}
