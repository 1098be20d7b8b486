package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 10: cancel stops at once, in whatever the call is doing, and the caller is told once. */
class Law10CancelTest {
    // Guards CallHandle.cancel: running.cancel(), ended.canceled()
    @RegisterExtension
    final Bench bench = Bench.manual();

    private void assertCancelled(Throwable thrown, int attempts) {
        assertThat(thrown).isInstanceOf(IOException.class);
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(Outcome.of(thrown).attempts()).hasSize(attempts);
        assertThat(bench.time.pending()).isZero();
    }

    @Test
    void inAWaitFromAnotherThread() throws Exception {
        bench.script.always(Bench.status(503));
        Call call = bench.call(bench.azure());
        Background<Response> caller = Background.run(call::execute);
        bench.time.awaitWaiters(1);

        call.cancel();

        assertThat(caller.thrown()).hasMessage("Canceled");
        assertCancelled(caller.thrown(), 1);
        assertThat(call.isCanceled()).isTrue();
        assertThat(bench.requests()).isOne();
    }

    @Test
    void inAWaitOfAnAsynchronousCall() throws Exception {
        bench.script.always(Bench.status(503));
        Call call = bench.call(bench.azure());
        Once once = Once.of(call);
        bench.time.awaitWaiters(1);

        call.cancel();

        assertCancelled(once.await().thrown, 1);
        bench.time.advance(Duration.ofSeconds(300));
        assertThat(once.timesTold()).isOne();
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inAnAttempt(boolean async) throws Exception {
        bench.script.hold();
        Call call = bench.call(bench.azure());
        Background<Response> caller = Background.run(() -> async ? Once.enqueued(call) : call.execute());
        bench.script.next();

        call.cancel();

        assertCancelled(caller.thrown(), 0);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileTheBodyOfAFailureIsLookedAt(boolean async) throws Exception {
        Call call = bench.call(bench.azure());
        assertCancelled(whileLooking(call, async, call::cancel), 0);
    }

    /** Asynchronous calls only: OkHttp's dispatcher lets a synchronous one go before its body is read. */
    @Test
    void ofTheWholeDispatcherWhileTheBodyOfAFailureIsLookedAt() throws Exception {
        Call call = bench.call(bench.azure());
        assertCancelled(whileLooking(call, true, bench.client.dispatcher()::cancelAll), 0);
    }

    /** The head of a 503 has come and its body stalls. */
    private Throwable whileLooking(Call call, boolean async, Runnable cancel) throws Exception {
        MockResponse halfway = Bench.answer(503, "x".repeat(20_000))
                .onResponseBody(SocketEffect.Stall.INSTANCE)
                .build();
        bench.answers(halfway, Bench.ok());
        CountDownLatch headCame = new CountDownLatch(1);
        call.addEventListener(new okhttp3.EventListener() {
            @Override
            public void responseBodyStart(Call attempt) {
                headCame.countDown();
            }
        });
        Background<Response> caller = Background.run(() -> async ? Once.enqueued(call) : call.execute());
        headCame.await();
        cancel.run();
        return caller.thrown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void beforeItsStart(boolean async) throws Exception {
        Call call = bench.call(bench.azure());
        call.cancel();
        Background<Response> caller = Background.run(() -> async ? Once.enqueued(call) : call.execute());
        assertCancelled(caller.thrown(), 0);
        assertThat(call.isExecuted()).isTrue();
        assertThat(bench.requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterItsEndChangesNothing(boolean async) throws Exception {
        bench.answers(Bench.ok());
        Call call = bench.call(bench.azure());
        Once once = new Once();
        if (async) {
            call.enqueue(once);
        }
        try (Response response = async ? once.get() : call.execute()) {
            call.cancel();
            call.cancel();
            assertThat(response.code()).isEqualTo(200);
        }
        assertThat(once.timesTold()).isEqualTo(async ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofTheWholeDispatcherReachesAnAttempt(boolean async) throws Exception {
        bench.script.hold();
        Call call = bench.call(bench.azure());
        Background<Response> caller = Background.run(() -> async ? Once.enqueued(call) : call.execute());
        bench.script.next();

        bench.client.dispatcher().cancelAll();

        assertCancelled(caller.thrown(), 0);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofTheWholeDispatcherDoesNotReachAWait(boolean async) throws Exception {
        bench.answers(Bench.status(503), Bench.ok());
        Call call = bench.call(bench.azure());
        Background<Response> caller = Background.run(() -> async ? Once.enqueued(call) : call.execute());
        bench.time.awaitWaiters(1);

        bench.client.dispatcher().cancelAll();
        bench.time.advance(Duration.ofSeconds(3));

        try (Response response = caller.get()) {
            assertThat(response.code()).isEqualTo(200);
        }
        assertThat(bench.requests()).isEqualTo(2);
    }
}
