package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.Response;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Law 10: whatever a callback or a listener throws, everything completes exactly once and the next call is none the worse. */
class Law10ThrowingCallbacksTest {
    // Guards CallState.tell: catch (RuntimeException | Error)
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final LinkedBlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();

    private Dispatcher dispatcher() {
        return new Dispatcher(new ThreadPoolExecutor(0, 8, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "caller's own");
            thread.setUncaughtExceptionHandler((t, e) -> uncaught.add(e));
            return thread;
        }));
    }

    /** Throws whatever it is given, without the compiler's consent. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    static Stream<Arguments> thrownInCallbacks() {
        return Stream.of(true, false)
                .flatMap(answered -> Stream.of(
                                new IOException("from the callback"),
                                new IllegalStateException("from the callback"),
                                new AssertionError("from the callback"))
                        .filter(thrown -> answered || !(thrown instanceof IOException))
                        .map(thrown -> Arguments.of(answered, thrown)));
    }

    @ParameterizedTest
    @MethodSource("thrownInCallbacks")
    void aCallbackThatThrowsIsToldOnce(boolean answered, Throwable thrown) throws Exception {
        bench.client = bench.client(builder -> builder.dispatcher(dispatcher()));
        bench.answers(Bench.status(503), answered ? Bench.ok() : Bench.stalled());
        AtomicInteger told = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        Holdfast.Builder twice = bench.azure().maxAttempts(2);
        // Short only where no answer has to be faster.
        Call call = bench.call(answered ? twice : twice.attemptTimeout(Duration.ofMillis(150)));
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call ended, Response response) {
                response.close();
                fail();
            }

            @Override
            public void onFailure(Call ended, IOException e) {
                fail();
            }

            private void fail() {
                told.incrementAndGet();
                ended.countDown();
                Law10ThrowingCallbacksTest.<RuntimeException>sneak(thrown);
            }
        });
        ended.await();
        if (!(thrown instanceof IOException)) {
            // As with OkHttp itself: whoever handles the thread's uncaught exceptions sees it.
            assertThat(uncaught.take()).isSameAs(thrown);
        }
        bench.answers(Bench.ok());
        Once.of(bench.call(bench.azure())).get().close();
        assertThat(told).hasValue(1);
        assertThat(uncaught).isEmpty();
    }

    private static final List<String> METHODS = List.of("onAttempt", "onRetryScheduled", "onOutcome");

    static Stream<Arguments> thrownInListeners() {
        return METHODS.stream()
                .flatMap(method -> Stream.of(Adapter.values())
                        .flatMap(adapter -> Stream.of(new IllegalStateException("x"), new AssertionError("x"))
                                .map(thrown -> Arguments.of(method, adapter, thrown))));
    }

    @ParameterizedTest
    @MethodSource("thrownInListeners")
    void aListenerThatThrowsChangesNothing(String method, Adapter adapter, Throwable thrown) throws Exception {
        bench.answers(Bench.status(503), Bench.ok());
        AtomicInteger told = new AtomicInteger();
        HoldfastListener listener = new HoldfastListener() {
            @Override
            public void onAttempt(AttemptEvent event) {
                hear("onAttempt");
            }

            @Override
            public void onRetryScheduled(RetryEvent event) {
                hear("onRetryScheduled");
            }

            @Override
            public void onOutcome(OutcomeEvent event) {
                hear("onOutcome");
            }

            private void hear(String heard) {
                if (heard.equals(method)) {
                    told.incrementAndGet();
                    Law10ThrowingCallbacksTest.<RuntimeException>sneak(thrown);
                }
            }
        };
        Holdfast holdfast = bench.azure().listener(listener).build();

        Reply reply = adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.outcome().attempts()).hasSize(2);
        assertThat(told).hasValue(method.equals("onAttempt") ? 2 : 1);
    }
}
