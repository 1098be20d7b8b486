package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.response.ResponseView;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 9: who gets a response gets the original one with its whole body; who waits holds no connection. */
class Law09BodyAndConnectionTest {
    // Guards CallState.received: port.discard(response) before the wait
    @RegisterExtension
    final Bench bench = Bench.manual();

    private static ByteString bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return ByteString.of(bytes);
    }

    private static MockResponse answer(int status, ByteString body) {
        return Bench.answer(status, "")
                .addHeader("X-Own", "kept")
                .body(new Buffer().write(body))
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 503})
    void aBodyFarBiggerThanTheViewIsHandedOutWhole(int status) throws Exception {
        ByteString body = bytes(700_000);
        bench.script.always(answer(status, body));
        for (boolean async : new boolean[] {false, true}) {
            Call call = bench.call(bench.azure().maxAttempts(1));
            try (Response response = async ? Once.enqueued(call) : call.execute()) {
                assertThat(response.code()).isEqualTo(status);
                assertThat(response.header("X-Own")).isEqualTo("kept");
                assertThat(response.networkResponse()).isNotNull();
                assertThat(response.body().contentLength()).isEqualTo(700_000);
                assertThat(response.body().contentType()).hasToString("application/json; charset=utf-8");
                assertThat(response.body().byteString()).isEqualTo(body);
            }
        }
    }

    /** Sends a beginning, and the rest only when told to. */
    private static RawServer streaming(int status, String beginning, CountDownLatch go) throws Exception {
        return new RawServer(line -> {
            line.request();
            line.head(status, "Content-Length: " + (beginning.length() + 4)).say(beginning);
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            line.say("rest");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400})
    void aBodyIsHandedOutBeforeItHasCome(int status) throws Exception {
        // Of a success nothing is waited for; of a failure as much as is looked at.
        String beginning = "x".repeat(status == 200 ? 1 : ResponseView.BODY_LIMIT + 1);
        for (boolean async : new boolean[] {false, true}) {
            CountDownLatch go = new CountDownLatch(1);
            try (RawServer server = streaming(status, beginning, go)) {
                Call call = HoldfastOkHttp.wrap(
                                bench.client,
                                bench.azure().endpoint(server.endpoint()).build())
                        .newCall(new Request.Builder()
                                .url(server.url(Bench.INSTANCE))
                                .build());
                try (Response response = async ? Once.enqueued(call) : call.execute()) {
                    go.countDown();
                    assertThat(response.code()).isEqualTo(status);
                    assertThat(response.body().string()).isEqualTo(beginning + "rest");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 700_000, 10_000_000})
    void beforeAWaitTheConnectionIsGivenBack(int size) throws Exception {
        bench.answers(answer(503, bytes(size)), Bench.ok());
        Once once = Once.of(bench.call(bench.azure()));

        bench.time.awaitWaiters(1);

        assertGivenBack();
        bench.time.advance(Duration.ofSeconds(3));
        once.get().close();
        assertThat(bench.requests()).isEqualTo(2);
    }

    @Test
    void aBlockedCallerHoldsNoConnectionEither() throws Exception {
        bench.answers(answer(503, bytes(100)), Bench.ok());
        Background<Response> call =
                Background.run(() -> bench.call(bench.azure()).execute());

        bench.time.awaitWaiters(1);

        assertGivenBack();
        assertThat(bench.client.dispatcher().runningCallsCount()).isZero();
        bench.time.advance(Duration.ofSeconds(3));
        call.get().close();
    }

    private void assertGivenBack() {
        assertThat(bench.client.connectionPool().connectionCount())
                .isEqualTo(bench.client.connectionPool().idleConnectionCount());
    }
}
