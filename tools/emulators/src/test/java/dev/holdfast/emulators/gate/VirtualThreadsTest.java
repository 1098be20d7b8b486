package dev.holdfast.emulators.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.policy.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingStream;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Blocking calls on virtual threads: a wait, in a backoff or in a limiter, holds no carrier. */
class VirtualThreadsTest {
    private static final int CALLS = 200;
    private static final String PINNED = "jdk.VirtualThreadPinned";

    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void waitsPinNoCarrier() throws Exception {
        List<String> pinned = new java.util.concurrent.CopyOnWriteArrayList<>();
        ExecutorService executor = virtualThreads();
        try (RecordingStream recording = new RecordingStream();
                Canned canned = new Canned()) {
            recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
            recording.onEvent(PINNED, event -> {
                List<RecordedFrame> frames = event.getStackTrace().getFrames();
                if (frames.stream()
                        .anyMatch(frame -> frame.getMethod().getType().getName().startsWith("dev.holdfast"))) {
                    pinned.add(event.toString());
                }
            });
            recording.startAsync();
            Call.Factory calls = canned.wrap(Canned.waiting(Duration.ofMillis(200))
                    .limits("default", Limits.NONE.rate(1, Duration.ofMillis(1)).concurrency(CALLS / 4)));
            List<Future<Integer>> codes = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                codes.add(executor.submit(() -> {
                    try (Response response = calls.newCall(Canned.failingOnce()).execute()) {
                        return response.code();
                    }
                }));
            }
            for (Future<Integer> code : codes) {
                assertThat(code.get()).isEqualTo(200);
            }
            // RecordingStream.stop(), which is of Java 20, sees to it that nothing is still on its way.
            RecordingStream.class.getMethod("stop").invoke(recording);
        } finally {
            executor.shutdownNow();
        }
        assertThat(pinned).isEmpty();
    }
}
