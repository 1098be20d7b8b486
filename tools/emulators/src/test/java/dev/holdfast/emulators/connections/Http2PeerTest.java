package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.jdk.HoldfastHttpClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.QueueDispatcher;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer declares by the error codes of HTTP/2, over real sockets. */
class Http2PeerTest {
    // Guards Http2Word: case "refused_stream" -> NOT_PROCESSED
    @RegisterExtension
    final Bench bench = Bench.skipping();

    @BeforeEach
    void http2() {
        bench.server.setDispatcher(new QueueDispatcher());
        bench.server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
        bench.client = bench.client(builder -> builder.protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)));
    }

    private static MockResponse reset(ErrorCode code) {
        return new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseStream(code.getHttpCode()))
                .build();
    }

    private void answers(MockResponse... responses) {
        for (MockResponse each : responses) {
            bench.server.enqueue(each);
        }
    }

    private Outcome outcome(RetrySafety safety) {
        Request write = bench.get(Bench.INSTANCE)
                .newBuilder()
                .post(RequestBody.create("write", null))
                .tag(CallOptions.class, CallOptions.none().withReplay(safety))
                .build();
        return Adapter.reply(bench.call(bench.azure(), write), false).outcome();
    }

    private static Attempt first(Outcome outcome) {
        return outcome.attempts().get(0);
    }

    @Test
    void aRefusedStreamIsRepeatedIfNotProcessed() {
        answers(reset(ErrorCode.REFUSED_STREAM), Bench.ok());
        Outcome outcome = outcome(RetrySafety.IF_NOT_PROCESSED);
        assertThat(outcome.succeeded()).isTrue();
        assertThat(first(outcome).decision().rule()).isEqualTo("fault/not-processed");
        assertThat(first(outcome).decision().processed()).isEqualTo(Processed.NO);
        assertThat(bench.requests()).isEqualTo(2);
    }

    /** The connection lives, with the streams of others on it: it is gone round and not closed. */
    @ParameterizedTest
    @EnumSource
    void onAReusedConnectionItIsRepeatedAtOnceOnAFreshOne(RetrySafety safety) throws Exception {
        answers(Bench.ok(), reset(ErrorCode.REFUSED_STREAM), Bench.ok(), Bench.ok());
        outcome(safety);
        Outcome second = outcome(safety);
        assertThat(second.attempts()).extracting(Attempt::freshConnection).containsExactly(false, true);
        assertThat(bench.time.elapsed()).isZero();
        outcome(safety);
        int pooled = bench.server.takeRequest().getConnectionIndex();
        assertThat(bench.server.takeRequest().getConnectionIndex()).isEqualTo(pooled);
        assertThat(bench.server.takeRequest().getConnectionIndex()).isNotEqualTo(pooled);
        assertThat(bench.server.takeRequest().getConnectionIndex()).isEqualTo(pooled);
    }

    @Test
    void aCallForCalmIsAThrottle() {
        answers(reset(ErrorCode.ENHANCE_YOUR_CALM), Bench.ok());
        Outcome outcome = outcome(RetrySafety.ALWAYS);
        assertThat(first(outcome).decision().kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(first(outcome).decision().pace()).contains(Pace.THROTTLE);
        assertThat(outcome.attempts()).hasSize(2);
    }

    /** Also where the connection was used before: a peer that asks for calm is not asked again at once. */
    @Test
    void calmIsNotAskedForOnAFreshConnection() {
        answers(Bench.ok(), reset(ErrorCode.ENHANCE_YOUR_CALM), Bench.ok());
        outcome(RetrySafety.ALWAYS);
        assertThat(outcome(RetrySafety.ALWAYS).attempts())
                .extracting(Attempt::freshConnection)
                .containsExactly(false, false);
    }

    @Test
    void whoWantsHttp1IsNotAskedAgain() {
        answers(reset(ErrorCode.HTTP_1_1_REQUIRED));
        Outcome outcome = outcome(RetrySafety.ALWAYS);
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(first(outcome).decision().rule()).isEqualTo("fault/http-1-1-required");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void headersBeyondTheLimitOfTheClientFail(boolean http2) {
        if (!http2) {
            bench.client = bench.client(builder -> builder.protocols(List.of(Protocol.HTTP_1_1)));
            bench.server.setProtocols(List.of(Protocol.HTTP_1_1));
        }
        answers(new MockResponse.Builder()
                .addHeader("X-Large", "x".repeat(300 * 1024))
                .build());
        Outcome outcome = outcome(RetrySafety.ALWAYS);
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(first(outcome).decision().rule()).isEqualTo("fault/protocol");
    }

    /** The texts that Http2Word reads, as the OkHttp on the class path makes them. */
    @Test
    void theMessageOfOkHttpNamesTheCode() {
        assertThat(new StreamResetException(ErrorCode.REFUSED_STREAM)).hasMessage("stream was reset: REFUSED_STREAM");
        assertThat(new StreamResetException(ErrorCode.ENHANCE_YOUR_CALM))
                .hasMessage("stream was reset: ENHANCE_YOUR_CALM");
        assertThat(new StreamResetException(ErrorCode.HTTP_1_1_REQUIRED))
                .hasMessage("stream was reset: HTTP_1_1_REQUIRED");
        assertThat(okhttp3.internal.http2.ConnectionShutdownException.class.getName())
                .isEqualTo("okhttp3.internal.http2.ConnectionShutdownException");
    }

    /** The adapter for java.net.http hears the same words: HTTP/2 over TLS, because that client does not begin with it otherwise. */
    @Test
    void javaNetHttpTellsARefusedStreamToo() throws Exception {
        bench.server.close();
        bench.server = new MockWebServer();
        bench.server.useHttps(Trusting.server().getSocketFactory());
        bench.server.start();
        HttpClient plain = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .sslContext(Trusting.client())
                .version(HttpClient.Version.HTTP_2)
                .build();
        answers(reset(ErrorCode.REFUSED_STREAM), Bench.ok());
        URI endpoint = URI.create("https://127.0.0.1:" + bench.server.getPort());
        HoldfastHttpClient wrapped =
                HoldfastHttpClient.wrap(plain, bench.azure().endpoint(endpoint).build());
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + Bench.INSTANCE))
                .POST(BodyPublishers.ofString("write"))
                .build();

        HttpResponse<String> response = wrapped.send(
                request,
                CallOptions.none().withReplay(RetrySafety.IF_NOT_PROCESSED),
                info -> BodyHandlers.ofString().apply(info));

        Outcome outcome = HoldfastHttpClient.outcomeOf(response);
        assertThat(outcome.attempts()).hasSize(2);
        assertThat(first(outcome).decision().processed()).isEqualTo(Processed.NO);
        assertThat(outcome.attempts().get(1).freshConnection()).isTrue();
    }
}
