package dev.holdfast.jdk;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {
    private final FakeTime time = FakeTime.flying();

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://169.254.169.254" + path));
    }

    private static <T> HttpResponse<T> send(
            HttpClient client, HttpRequest request, BodyHandler<T> handler, boolean async) throws Exception {
        return async ? client.sendAsync(request, handler).get() : client.send(request, handler);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anErrorIsRepeatedUntilTheSuccess(boolean async) throws Exception {
        try (RawServer server = RawServer.failing(2, "busy")) {
            HttpResponse<String> response =
                    send(Clients.client(server, time), to("/x?y=1").build(), ofString(), async);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("ok");
            assertThat(time.waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
            assertThat(server.requests()).hasSize(3);
            assertThat(server.connections())
                    .as("a short error body is read, so the connection serves again")
                    .isEqualTo(1);
            Outcome outcome = HoldfastHttpClient.outcomeOf(response);
            assertThat(outcome.reason()).isEqualTo(StopReason.SUCCEEDED);
            assertThat(outcome.attempts()).extracting(a -> a.status()).containsExactly(503, 503, 200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLastErrorIsHandedOut(boolean async) throws Exception {
        try (RawServer server = RawServer.failing(9, "busy")) {
            AtomicInteger asked = new AtomicInteger();
            BodyHandler<String> counting = info -> {
                asked.incrementAndGet();
                return ofString().apply(info);
            };
            HttpResponse<String> response = send(Clients.client(server, time), to("/x").build(), counting, async);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("busy");
            assertThat(asked).as("discarded answers do not reach the handler").hasValue(1);
            assertThat(server.requests()).hasSize(4);
            assertThat(HoldfastHttpClient.outcomeOf(response).reason()).isEqualTo(StopReason.ATTEMPTS);
        }
    }

    @Test
    void aLostConnectionIsRepeated() throws Exception {
        try (RawServer server = new RawServer(exchange -> {
            if (exchange.number() == 1) {
                exchange.close();
            }
            exchange.answer(200, "ok");
        })) {
            HttpResponse<String> response = Clients.client(server, time).send(to("/x").build(), ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(time.waits).as("by the policy, not by the JDK").hasSize(1);
            assertThat(HoldfastHttpClient.outcomeOf(response)
                            .attempts()
                            .get(0)
                            .decision()
                            .rule())
                    .isEqualTo("fault/connection-lost");
        }
    }

    @Test
    void aSuccessThatBreaksOffIsRepeated() throws Exception {
        try (RawServer server = new RawServer(exchange -> {
            if (exchange.number() == 1) {
                exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                exchange.close();
            }
            exchange.answer(200, "all of it");
        })) {
            assertThat(Clients.client(server, time)
                            .send(to("/x").build(), ofString())
                            .body())
                    .isEqualTo("all of it");
        }
    }

    @Test
    void aCleanSuccessHasAnOutcomeToo() throws Exception {
        try (RawServer server = RawServer.failing(0, "")) {
            HttpResponse<String> response = Clients.client(server, time).send(to("/x").build(), ofString());
            Outcome outcome = HoldfastHttpClient.outcomeOf(response);
            assertThat(outcome.succeeded()).isTrue();
            assertThat(outcome.service()).isEqualTo("test/metadata");
            assertThat(outcome.attempts()).extracting(a -> a.status()).containsExactly(200);
            HttpResponse<String> foreign =
                    Clients.plain().send(HttpRequest.newBuilder(server.uri("/")).build(), ofString());
            assertThat(HoldfastHttpClient.outcomeOf(foreign)).isNull();
        }
    }

    @Test
    void aSuccessThatIsLookedIntoReachesTheCallerWhole() throws Exception {
        try (RawServer server = new RawServer(exchange -> exchange.answer(200, "x".repeat(100_000)))) {
            HttpResponse<String> response =
                    Clients.client(server, time).send(to("/looked-into").build(), ofString());
            assertThat(response.body()).hasSize(100_000);
            assertThat(HoldfastHttpClient.outcomeOf(response).succeeded()).isTrue();
        }
    }

    @Test
    void aOneShotBodyIsSentOnce() throws Exception {
        try (RawServer server = RawServer.failing(9, "busy")) {
            HttpRequest streamed = to("/x").PUT(BodyPublishers.fromPublisher(BodyPublishers.ofString("once")))
                    .build();
            HttpResponse<String> response = Clients.client(server, time).send(streamed, ofString());
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(server.requests()).hasSize(1);
            assertThat(HoldfastHttpClient.outcomeOf(response).reason()).isEqualTo(StopReason.NOT_REPEATABLE);
        }
    }

    @Test
    void aBodyOfKnownLengthIsSentAgain() throws Exception {
        try (RawServer server = new RawServer(exchange -> exchange.answer(exchange.number() == 1 ? 429 : 200, ""))) {
            HttpRequest request =
                    to("/x").POST(BodyPublishers.ofString("again")).build();
            assertThat(Clients.client(server, time).send(request, ofString()).statusCode())
                    .isEqualTo(200);
            assertThat(server.requests()).hasSize(2).allMatch(text -> text.endsWith("\r\n\r\nagain"));
        }
    }

    @Test
    void faultsCarryTheirOutcome() throws Exception {
        try (RawServer server = new RawServer(RawServer.Exchange::close)) {
            HoldfastHttpClient client = Clients.client(server, time);
            assertThatThrownBy(() -> client.send(to("/x").build(), ofString()))
                    .isInstanceOf(IOException.class)
                    .satisfies(thrown -> assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.ATTEMPTS));
            assertThatThrownBy(
                            () -> client.sendAsync(to("/x").build(), ofString()).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IOException.class)
                    .satisfies(
                            thrown -> assertThat(Outcome.of(thrown).attempts()).hasSize(4));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheCallersHandlerThrowsIsNotRepeated(boolean async) throws Exception {
        try (RawServer server = RawServer.failing(0, "")) {
            BodyHandler<String> broken = info -> {
                throw new IllegalStateException("mine");
            };
            HoldfastHttpClient client = Clients.client(server, time);
            assertThatThrownBy(() -> send(client, to("/x").build(), broken, async))
                    .hasStackTraceContaining("mine");
            assertThat(server.requests()).hasSize(1);
        }
    }
}
