package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 10: whatever executor the caller's dispatcher has, the timer runs none of his code and each call ends once. */
class Law10ExecutorsTest {
    // Guards OkHttpPort.handOver: what would run in place goes to the common pool
    @RegisterExtension
    final Bench bench = Bench.manual();

    private final Set<String> threads = ConcurrentHashMap.newKeySet();

    /** Everything of the caller's that may run: interceptors, listeners of both kinds. */
    private Call watched(ExecutorService executor) {
        bench.client = bench.client(builder -> builder.dispatcher(new Dispatcher(executor))
                .addInterceptor(chain -> {
                    note();
                    return chain.proceed(chain.request());
                })
                .eventListener(new EventListener() {
                    @Override
                    public void callStart(Call call) {
                        note();
                    }

                    @Override
                    public void callEnd(Call call) {
                        note();
                    }
                }));
        return bench.call(bench.azure().listener(new HoldfastListener() {
            @Override
            public void onAttempt(AttemptEvent event) {
                note();
            }

            @Override
            public void onRetryScheduled(RetryEvent event) {
                note();
            }

            @Override
            public void onOutcome(OutcomeEvent event) {
                note();
            }
        }));
    }

    private void note() {
        threads.add(Thread.currentThread().getName());
    }

    private void assertNothingOnTheTimer(Once once) {
        threads.add(once.thread);
        assertThat(threads).isNotEmpty().noneMatch(name -> name.startsWith("holdfast-"));
        assertThat(once.timesTold()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingOfTheCallersRunsOnTheTimer(boolean inPlace) throws Exception {
        bench.answers(Bench.status(503), Bench.status(410), Bench.ok());
        ExecutorService executor = inPlace ? new InPlace() : Executors.newCachedThreadPool();
        Once once = Once.of(watched(executor));
        // As long as the longest wait after a 503, then as after a 410.
        for (int seconds : new int[] {2, 10}) {
            bench.time.awaitWaiters(1);
            bench.time.advance(Duration.ofSeconds(seconds));
        }
        try (Response response = once.get()) {
            assertThat(response.code()).isEqualTo(200);
        }
        assertNothingOnTheTimer(once);
        executor.shutdown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void norWhenTheCallIsCancelledInItsWait(boolean inPlace) throws Exception {
        bench.script.always(Bench.status(503));
        ExecutorService executor = inPlace ? new InPlace() : Executors.newCachedThreadPool();
        Call call = watched(executor);
        Once once = Once.of(call);
        bench.time.awaitWaiters(1);
        call.cancel();
        assertThat(Outcome.of(once.await().thrown).reason()).isEqualTo(StopReason.CANCELLED);
        assertNothingOnTheTimer(once);
        executor.shutdown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anExecutorThatIsShutDownEndsTheCall(boolean inTheWait) throws Exception {
        bench.script.always(Bench.status(503));
        ExecutorService executor = Executors.newCachedThreadPool();
        Call call = watched(executor);
        if (!inTheWait) {
            executor.shutdown();
        }
        Once once = Once.of(call);
        if (inTheWait) {
            bench.time.awaitWaiters(1);
            executor.shutdown();
            bench.time.advance(Duration.ofSeconds(20));
        }
        Outcome outcome = Outcome.of(once.await().thrown);
        assertThat(once.thrown).hasMessage("executor rejected");
        assertThat(outcome.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(outcome.attempts()).hasSize(inTheWait ? 1 : 0);
        assertThat(bench.requests()).isEqualTo(inTheWait ? 1 : 0);
        assertNothingOnTheTimer(once);
    }

    @Test
    void aSynchronousCallNeedsNoExecutor() throws Exception {
        bench.answers(Bench.ok());
        ExecutorService executor = Executors.newCachedThreadPool();
        executor.shutdown();
        try (Response response = watched(executor).execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
    }
}
