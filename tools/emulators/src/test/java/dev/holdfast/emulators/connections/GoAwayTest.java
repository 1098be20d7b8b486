package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.jdk.HoldfastHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** GOAWAY over raw sockets: what the peer declares of the streams above the last one that it takes. */
class GoAwayTest {
    // Guards Http2Word: case "refused_stream" -> NOT_PROCESSED
    @RegisterExtension
    final Bench bench = Bench.skipping();

    enum Client {
        OKHTTP,
        JDK;

        FrameServer server(FrameServer.Script script) throws IOException {
            return this == OKHTTP ? FrameServer.plain(script) : FrameServer.tls(script);
        }
    }

    private Outcome write(Client client, FrameServer server, RetrySafety safety) throws Exception {
        Holdfast.Builder holdfast = bench.azure().endpoint(URI.create(server.url()));
        CallOptions options = CallOptions.none().withReplay(safety);
        if (client == Client.OKHTTP) {
            bench.client = bench.client(builder -> builder.protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)));
            Request request = new Request.Builder()
                    .url(server.url() + Bench.INSTANCE)
                    .post(RequestBody.create("write", null))
                    .tag(CallOptions.class, options)
                    .build();
            return Adapter.reply(bench.call(holdfast, request), false).outcome();
        }
        HttpClient plain = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .sslContext(Trusting.client())
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + Bench.INSTANCE))
                .POST(BodyPublishers.ofString("write"))
                .build();
        try {
            return HoldfastHttpClient.outcomeOf(HoldfastHttpClient.wrap(plain, holdfast.build())
                    .send(request, options, info -> BodyHandlers.ofString().apply(info)));
        } catch (IOException e) {
            return Outcome.of(e);
        }
    }

    private static Attempt first(Outcome outcome) {
        return outcome.attempts().get(0);
    }

    /** On JDK 17 a GOAWAY ends all streams alike, whichever it names as the last. */
    private static boolean tellsStreams(Client client) {
        return client == Client.OKHTTP || Runtime.version().feature() >= 24;
    }

    /** OkHttp makes a REFUSED_STREAM of a GOAWAY that asks for calm; the JDK keeps the code of any GOAWAY to itself. */
    @ParameterizedTest
    @CsvSource({"OKHTTP, 0", "OKHTTP, 11", "JDK, 0", "JDK, 11"})
    void aStreamAboveTheLastOneIsRepeatedIfNotProcessed(Client client, int code) throws Exception {
        try (FrameServer server = client.server(stream -> {
            if (stream.number() == 1) {
                stream.goAway(0, code);
            } else {
                stream.answer();
            }
        })) {
            Outcome outcome = write(client, server, RetrySafety.IF_NOT_PROCESSED);
            boolean told = tellsStreams(client);
            assertThat(first(outcome).decision().processed()).isEqualTo(told ? Processed.NO : Processed.UNKNOWN);
            assertThat(first(outcome).decision().rule())
                    .isEqualTo(told ? "fault/not-processed" : "fault/connection-lost");
            assertThat(outcome.succeeded()).isEqualTo(told);
            assertThat(server.streams()).isEqualTo(told ? 2 : 1);
            assertThat(server.connections()).isEqualTo(server.streams());
        }
    }

    /** The first stream was answered on the connection that the second one is refused on. */
    @Test
    void onAReusedConnectionItIsRepeatedAtOnceOnAFreshOne() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        try (FrameServer server = FrameServer.plain(stream -> {
            if (stream.number() == 2) {
                stream.goAway(answered.get(), FrameServer.NO_ERROR);
            } else {
                answered.set(stream.id());
                stream.answer();
            }
        })) {
            write(Client.OKHTTP, server, RetrySafety.NEVER);
            Outcome outcome = write(Client.OKHTTP, server, RetrySafety.IF_NOT_PROCESSED);
            assertThat(outcome.attempts()).extracting(Attempt::freshConnection).containsExactly(false, true);
            assertThat(outcome.succeeded()).isTrue();
            assertThat(bench.time.elapsed()).isZero();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatThePeerTookIsNotRepeated(Client client) throws Exception {
        try (FrameServer server = client.server(stream -> {
            stream.goAway(stream.id(), FrameServer.NO_ERROR);
            stream.closeConnection();
        })) {
            Outcome outcome = write(client, server, RetrySafety.IF_NOT_PROCESSED);
            assertThat(first(outcome).decision().processed()).isEqualTo(Processed.UNKNOWN);
            assertThat(outcome.attempts()).hasSize(1);
            assertThat(server.streams()).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAnswerToAStreamThatThePeerTookIsAwaited(Client client) throws Exception {
        try (FrameServer server = client.server(stream -> {
            stream.goAway(stream.id(), FrameServer.NO_ERROR);
            stream.answer();
        })) {
            Outcome outcome = write(client, server, RetrySafety.NEVER);
            assertThat(outcome.succeeded()).isEqualTo(tellsStreams(client));
        }
    }
}
