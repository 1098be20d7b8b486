package dev.holdfast.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 9 with the JDK's client: who gets an error answer gets all of it, and nobody else keeps its connection. */
class BodiesTest {
    private static final String LINE = "0123456789abcde\n";
    private static final String LARGE = LINE.repeat(20_000);
    private static final HttpRequest REQUEST =
            HttpRequest.newBuilder(URI.create("http://169.254.169.254/x")).build();

    private final FakeTime time = FakeTime.flying();

    private static RawServer always(int status, String body) {
        return new RawServer(exchange -> exchange.answer(status, body));
    }

    private <T> HttpResponse<T> send(RawServer server, BodyHandler<T> handler, boolean async) throws Exception {
        HttpClient client = Clients.client(server, time);
        return async ? client.sendAsync(REQUEST, handler).get() : client.send(REQUEST, handler);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLargeErrorBodyIsHandedOutWhole(boolean async) throws Exception {
        try (RawServer server = always(400, LARGE)) {
            assertThat(send(server, BodyHandlers.ofString(), async).body()).isEqualTo(LARGE);
            assertThat(send(server, BodyHandlers.ofByteArray(), async).body()).hasSize(LARGE.length());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLargeErrorBodyCanBeStreamed(boolean async) throws Exception {
        try (RawServer server = always(400, LARGE)) {
            try (InputStream stream =
                    send(server, BodyHandlers.ofInputStream(), async).body()) {
                assertThat(new String(stream.readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo(LARGE);
            }
            try (Stream<String> lines =
                    send(server, BodyHandlers.ofLines(), async).body()) {
                assertThat(lines).hasSize(20_000).allMatch(LINE.strip()::equals);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, ResponseView.BODY_LIMIT - 1, ResponseView.BODY_LIMIT, ResponseView.BODY_LIMIT + 1})
    void theLimitIsNoLimitForTheCaller(int size) throws Exception {
        try (RawServer server = always(400, "x".repeat(size))) {
            assertThat(send(server, BodyHandlers.ofString(), false).body()).hasSize(size);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHandlerThatBlocksOnItsStreamGetsIt(boolean async) throws Exception {
        BodyHandler<Integer> parsing = info -> BodySubscribers.mapping(BodySubscribers.ofInputStream(), stream -> {
            try (stream) {
                return stream.readAllBytes().length;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        for (int status : new int[] {200, 400}) {
            try (RawServer server = always(status, LARGE)) {
                assertThat(send(server, parsing, async).body()).isEqualTo(LARGE.length());
            }
        }
    }

    @Test
    void aBodyCanGoToAFile(@TempDir Path folder) throws Exception {
        try (RawServer server = always(400, LARGE)) {
            Path file = send(server, BodyHandlers.ofFile(folder.resolve("body")), true)
                    .body();
            assertThat(Files.readString(file)).isEqualTo(LARGE);
        }
    }

    @Test
    void answersWithoutABodyWork() throws Exception {
        try (RawServer server = new RawServer(exchange -> exchange.send("HTTP/1.1 304 X\r\n\r\n"))) {
            assertThat(send(server, BodyHandlers.ofString(), false).statusCode())
                    .isEqualTo(304);
        }
        try (RawServer server = new RawServer(exchange -> exchange.send("HTTP/1.1 204 X\r\n\r\n"))) {
            assertThat(send(server, BodyHandlers.ofString(), true).body()).isEmpty();
        }
    }

    @Test
    void theStatusOfABrokenOffErrorStillDecides() throws Exception {
        try (RawServer server = new RawServer(exchange -> {
            if (exchange.number() == 1) {
                exchange.send("HTTP/1.1 503 X\r\nContent-Length: 100\r\n\r\n{\"error\":\"half");
                exchange.close();
            }
            exchange.answer(200, "ok");
        })) {
            HttpResponse<String> response = send(server, BodyHandlers.ofString(), false);
            assertThat(response.body()).isEqualTo("ok");
            assertThat(HoldfastHttpClient.outcomeOf(response).attempts())
                    .extracting(a -> a.status())
                    .containsExactly(503, 200);
        }
    }

    @Test
    void aBrokenOffErrorReachesTheCallerWithItsFault() throws Exception {
        try (RawServer server = new RawServer(exchange -> {
            exchange.send("HTTP/1.1 400 X\r\nContent-Length: 100\r\n\r\nhalf");
            exchange.close();
        })) {
            HttpResponse<String> response = send(server, info -> new WhatCame(), false);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).isEqualTo("half, then IOException");
            assertThatThrownBy(() -> send(server, BodyHandlers.ofString(), false))
                    .isInstanceOf(IOException.class)
                    .satisfies(thrown -> assertThat(
                                    Outcome.of(thrown).attempts().get(0).status())
                            .isEqualTo(400));
        }
    }

    /** Keeps what comes before a fault, which those of the JDK throw away. */
    private static final class WhatCame implements BodySubscriber<String> {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<String> body = new CompletableFuture<>();

        @Override
        public CompletionStage<String> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            item.forEach(buffer -> text.append(StandardCharsets.US_ASCII.decode(buffer)));
        }

        @Override
        public void onError(Throwable thrown) {
            body.complete(text + ", then " + thrown.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            body.complete(text.toString());
        }
    }

    @Test
    void aLargeAnswerThatIsNotHandedOutLosesItsConnection() throws Exception {
        try (RawServer server = RawServer.failing(1, LARGE)) {
            assertThat(send(server, BodyHandlers.ofString(), false).statusCode())
                    .isEqualTo(200);
            assertThat(server.connections()).isEqualTo(2);
            server.awaitEnds(1);
        }
    }

    @Test
    void aCatalogueThatCannotBeReadGivesTheConnectionUp() throws Exception {
        Service broken = Service.builder("test/broken")
                .baseUrl("http://169.254.169.254")
                .catalogue(Catalogue.resource("test/broken", () -> null))
                .build();
        try (RawServer server = always(503, LARGE)) {
            HttpClient client = HoldfastHttpClient.wrap(
                    Clients.plain(),
                    Holdfast.builder(broken).endpoint(server.uri("")).build());
            assertThatThrownBy(() -> client.send(REQUEST, BodyHandlers.ofString()))
                    .isInstanceOf(IllegalStateException.class);
            server.awaitEnds(1);
        }
    }

    @Test
    void anUnreadStreamOfACancelledCallIsClosed() throws Exception {
        try (RawServer server = always(400, LARGE)) {
            CompletableFuture<HttpResponse<InputStream>> future =
                    Clients.client(server, time).sendAsync(REQUEST, BodyHandlers.ofInputStream());
            if (future.cancel(true)) {
                if (server.connections() > 0) {
                    server.awaitEnds(1);
                }
            }
        }
    }
}
