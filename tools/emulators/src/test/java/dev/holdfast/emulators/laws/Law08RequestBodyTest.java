package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 8 at the OkHttp adapter: what may be sent again is sent again whole, what cannot be is not. */
class Law08RequestBodyTest {
    // Guards CallPlan.replay: oneShot ? Replay.NEVER : asked; RetryEngine.mayRepeat
    private static final String EVENTS = "/metadata/scheduledevents?api-version=2020-07-01";
    private static final String CONTENT = "{\"StartRequests\":[{\"EventId\":\"1\"}]}";

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final AtomicInteger written = new AtomicInteger();

    private Call post(String target, boolean oneShot) {
        RequestBody body = new RequestBody() {
            @Override
            public MediaType contentType() {
                return MediaType.get("application/json");
            }

            @Override
            public boolean isOneShot() {
                return oneShot;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                written.incrementAndGet();
                sink.writeUtf8(CONTENT);
            }
        };
        Request request =
                new Request.Builder().url(bench.url(target)).post(body).build();
        return bench.call(bench.azure(), request);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReplayableBodyIsSentAgainWhole(boolean async) throws Exception {
        bench.answers(Bench.status(503), Bench.status(429), Bench.ok());
        Call call = post(EVENTS, false);
        try (Response response = async ? Once.enqueued(call) : call.execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(bench.script.next().getBody().utf8()).isEqualTo(CONTENT);
        }
        assertThat(written).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aOneShotBodyIsSentOnceWhateverIsAnswered(boolean async) throws Exception {
        bench.script.always(Bench.status(503));
        Call call = post(EVENTS, true);
        try (Response response = async ? Once.enqueued(call) : call.execute()) {
            assertThat(HoldfastOkHttp.outcomeOf(response).reason()).isEqualTo(StopReason.NOT_REPEATABLE);
            assertThat(response.body().string()).isEqualTo("{\"error\":\"some sentence\"}");
        }
        assertThat(bench.requests()).isOne();
        assertThat(written).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aOneShotBodyIsSentOnceWhereNobodyAnswers(boolean async) {
        bench.script.always(Bench.answer(200, "")
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        Call call = post(EVENTS, true);
        try (Response response = async ? Once.enqueued(call) : call.execute()) {
            throw new AssertionError("got " + response.code());
        } catch (IOException e) {
            assertThat(Outcome.of(e).reason()).isEqualTo(StopReason.NOT_REPEATABLE);
        }
        assertThat(written).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWriteThatNoOperationCallsSafeIsRepeatedOnlyWhereNothingWasDone(boolean async) throws Exception {
        bench.answers(Bench.status(429), Bench.status(503), Bench.ok());
        Call call = post("/metadata/unheard-of", false);
        try (Response response = async ? Once.enqueued(call) : call.execute()) {
            assertThat(response.code()).isEqualTo(503);
            Outcome outcome = HoldfastOkHttp.outcomeOf(response);
            assertThat(outcome.reason()).isEqualTo(StopReason.NOT_REPEATABLE);
            assertThat(outcome.attempts()).hasSize(2);
        }
    }
}
