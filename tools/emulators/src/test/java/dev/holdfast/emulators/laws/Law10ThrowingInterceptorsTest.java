package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import java.io.IOException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 10: what the caller hands in besides callbacks may throw too. The call ends, once, and gives back what it holds. */
class Law10ThrowingInterceptorsTest {
    // Guards OkHttpExchange.onFailure: receiver.onFault(cause) for what an interceptor threw
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private void client(java.util.function.UnaryOperator<OkHttpClient.Builder> change) {
        Dispatcher quiet =
                new Dispatcher(new ThreadPoolExecutor(0, 8, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "caller's own");
                    thread.setUncaughtExceptionHandler((t, e) -> {});
                    return thread;
                }));
        bench.client = bench.client(builder -> change.apply(builder.dispatcher(quiet)));
    }

    private Throwable thrown(Call call, boolean async) {
        Once once = new Once();
        if (async) {
            call.enqueue(once);
        }
        try (Response response = async ? once.get() : call.execute()) {
            throw new AssertionError("got " + response.code());
        } catch (IOException | RuntimeException | Error e) {
            assertThat(once.timesTold()).isEqualTo(async ? 1 : 0);
            return e;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterceptorsRuntimeExceptionIsNotRepeated(boolean async) {
        client(builder -> builder.addInterceptor(chain -> {
            throw new IllegalStateException("from the interceptor");
        }));
        Throwable thrown = thrown(bench.call(bench.azure()), async);
        assertThat(thrown).hasStackTraceContaining("from the interceptor");
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.FAILED);
        assertThat(Outcome.of(thrown).attempts()).hasSize(1);
        assertThat(bench.requests()).isZero();
    }

    /** OkHttp then tells the callback and throws the same out of enqueue; what that brings about runs on the common pool. */
    @Test
    void norIsItToldTwiceWhereTheExecutorRunsInPlace() {
        bench.client = bench.client(
                builder -> builder.dispatcher(new Dispatcher(new InPlace())).addInterceptor(chain -> {
                    throw new IllegalStateException("from the interceptor");
                }));
        Once once = Once.of(bench.call(bench.azure())).await();
        assertThat(ForkJoinPool.commonPool().awaitQuiescence(5, TimeUnit.MINUTES))
                .isTrue();
        assertThat(once.thrown).hasStackTraceContaining("from the interceptor");
        assertThat(once.timesTold()).isOne();
    }

    @Test
    void anErrorInAnAsynchronousAttemptIsTold() {
        client(builder -> builder.addInterceptor(chain -> {
            throw new AssertionError("from the interceptor");
        }));
        assertThat(thrown(bench.call(bench.azure()), true))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("from the interceptor");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEventListenerThatThrowsOnTheSecondAttempt(boolean async) {
        bench.script.always(Bench.status(503));
        client(builder -> builder.eventListenerFactory(new EventListener.Factory() {
            private int made;

            @Override
            public EventListener create(Call call) {
                if (++made > 1) {
                    throw new IllegalStateException("from the factory");
                }
                return EventListener.NONE;
            }
        }));
        assertThat(thrown(bench.call(bench.azure()), async)).hasStackTraceContaining("from the factory");
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSourceOfJitterThatThrowsLeaksNothing(boolean async) {
        bench.script.always(Bench.answer(503, "x".repeat(500_000)).build());
        RandomGenerator broken = () -> {
            throw new IllegalStateException("from the generator");
        };
        Holdfast.Builder holdfast = bench.azure().random(broken);
        Throwable thrown = thrown(bench.call(holdfast), async);
        assertThat(thrown).hasStackTraceContaining("from the generator");
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.CALLBACK_FAILED);
        assertThat(bench.requests()).isOne();
    }
}
