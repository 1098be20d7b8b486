package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import mockwebserver3.MockResponse;
import okhttp3.Call;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The typed ways in: a body or an exception that explains, on this thread or as a future. The bench sees to it that nothing stays open. */
class FetchTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private String fetch(boolean async) throws Exception {
        Call call = bench.call(bench.azure());
        if (!async) {
            return HoldfastOkHttp.fetch(call, ResponseBody::string);
        }
        try {
            return HoldfastOkHttp.fetchAsync(call, ResponseBody::string).get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSuccessIsReadWhetherItCameAtOnceOrLater(boolean async) throws Exception {
        bench.answers(Bench.ok(), Bench.status(503), Bench.ok());
        assertThat(fetch(async)).isEqualTo("{\"fine\":true}");
        assertThat(fetch(async)).isEqualTo("{\"fine\":true}");
        assertThat(bench.requests()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFailureIsAnExceptionWithAllThereIsToKnow(boolean async) {
        MockResponse refused = Bench.answer(
                        400, "{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}")
                .addHeader("x-ms-request-id", "one")
                .addHeader("x-ms-client-request-id", "two")
                .build();
        bench.answers(Bench.status(503), refused);
        ServiceException thrown = catchThrowableOfType(ServiceException.class, () -> fetch(async));
        assertThat(thrown.status()).isEqualTo(400);
        assertThat(thrown.error().code()).isEqualTo("invalid_request");
        assertThat(thrown.decision().kind()).isNotEqualTo(ErrorKind.UNKNOWN);
        assertThat(thrown.outcome().reason()).isEqualTo(StopReason.FAILED);
        assertThat(thrown.outcome().attempts()).hasSize(2);
        assertThat(Outcome.of(new IllegalStateException(thrown))).isSameAs(thrown.outcome());
        assertThat(thrown)
                .hasMessageStartingWith("azure/imds answered 400 invalid_request: Identity not found [fail, ")
                .hasMessageContaining("stopped: failed")
                .hasMessageContaining(thrown.decision().advice())
                .hasMessageContaining("x-ms-request-id=one")
                .hasMessageContaining("x-ms-client-request-id=two");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheReaderThrowsComesOutAndTheBodyIsClosed(boolean async) {
        bench.answers(Bench.ok());
        HoldfastOkHttp.BodyReader<String> reader = body -> {
            throw new IOException("not what I wanted");
        };
        Call call = bench.call(bench.azure());
        assertThatThrownBy(() -> {
                    if (async) {
                        HoldfastOkHttp.fetchAsync(call, reader).get();
                    } else {
                        HoldfastOkHttp.fetch(call, reader);
                    }
                })
                .hasStackTraceContaining("not what I wanted");
    }

    @Test
    void cancellingAFutureCancelsItsCall() throws Exception {
        bench.script.hold();
        Call sent = bench.call(bench.azure());
        Call fetched = bench.call(bench.azure());
        CompletableFuture<Response> first = HoldfastOkHttp.send(sent);
        CompletableFuture<String> second = HoldfastOkHttp.fetchAsync(fetched, ResponseBody::string);
        bench.script.next();
        bench.script.next();
        first.cancel(true);
        second.cancel(false);
        assertThat(sent.isCanceled()).isTrue();
        assertThat(fetched.isCanceled()).isTrue();
        assertThatThrownBy(first::get).isInstanceOf(CancellationException.class);
    }

    /** Completed by somebody else, so that the call goes on and its response comes too late; a leak would fail the bench. */
    @Test
    void aResponseThatComesTooLateIsClosed() throws Exception {
        bench.script.hold();
        CompletableFuture<Response> future = HoldfastOkHttp.send(bench.call(bench.azure()));
        bench.script.next();
        future.completeExceptionally(new IllegalStateException("gave up"));
        bench.answers(Bench.ok());
        bench.script.release();
        assertThat(future).isCompletedExceptionally();
    }

    @Test
    void aFutureGivesTheResponseOrTheCallsException() throws Exception {
        bench.answers(Bench.status(404));
        try (Response response = HoldfastOkHttp.send(bench.call(bench.azure())).get()) {
            assertThat(response.code()).isEqualTo(404);
        }
        Call refused = bench.wrap(bench.azure())
                .newCall(
                        bench.get("/x").newBuilder().url("http://198.51.100.7/").build());
        assertThatThrownBy(() -> HoldfastOkHttp.send(refused).get())
                .satisfies(thrown -> assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.HOST_REFUSED));
    }
}
