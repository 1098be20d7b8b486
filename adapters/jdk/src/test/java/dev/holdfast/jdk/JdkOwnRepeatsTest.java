package dev.holdfast.jdk;

import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures in the Javadoc of {@link HoldfastHttpClient}. A JDK that fails here is one that {@link SingleSend} does not know. */
class JdkOwnRepeatsTest {

    private static HttpRequest request(RawServer server, String method) {
        boolean empty = method.equals("GET") || method.equals("HEAD");
        return HttpRequest.newBuilder(server.uri("/never"))
                .method(method, empty ? BodyPublishers.noBody() : BodyPublishers.ofString("body"))
                .build();
    }

    /** One attempt, because /never is an operation that is not repeated. */
    private static HttpClient holdfast(HttpClient client, RawServer server) {
        return HoldfastHttpClient.wrap(
                client, Clients.policy(server, FakeTime.flying()).build());
    }

    private static void fails(HttpClient client, HttpRequest request) {
        assertThatThrownBy(() -> client.send(request, discarding())).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, false, false, 2, 1", "GET, false, true, 2, 1", "GET, true, false, 2, 1", "GET, true, true, 2, 1",
        "HEAD, false, false, 2, 1", "HEAD, true, false, 2, 1", "POST, false, false, 1, 1", "POST, true, false, 1, 1",
        "POST, false, true, 1, 1", "PUT, true, false, 1, 1", "DELETE, false, false, 1, 1", "DELETE, true, false, 1, 1"
    })
    void aConnectionThatEndsBeforeAnAnswer(String method, boolean pooled, boolean reset, int alone, int wrapped)
            throws Exception {
        assertThat(requests(method, pooled, reset, false)).as("the JDK alone").isEqualTo(alone);
        assertThat(requests(method, pooled, reset, true)).as("wrapped").isEqualTo(wrapped);
    }

    private static int requests(String method, boolean pooled, boolean reset, boolean wrapped) throws Exception {
        int before = pooled ? 1 : 0;
        try (RawServer server = new RawServer(exchange -> {
            if (exchange.number() <= before) {
                exchange.answer(200, "");
            } else if (reset) {
                exchange.reset();
            } else {
                exchange.close();
            }
        })) {
            HttpClient client = Clients.plain();
            if (pooled) {
                client.send(
                        HttpRequest.newBuilder(server.uri("/"))
                                .version(HttpClient.Version.HTTP_1_1)
                                .build(),
                        discarding());
            }
            fails(wrapped ? holdfast(client, server) : client, request(server, method));
            return server.requests().size() - before;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 20", "HTTP/1.1 200 OK\r\nConte", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"})
    void aConnectionThatEndsWithinAnAnswer(String beginning) throws Exception {
        try (RawServer server = new RawServer(exchange -> {
            exchange.send(beginning);
            exchange.close();
        })) {
            fails(Clients.plain(), request(server, "GET"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "408, Retry-After: 0",
        "503, Retry-After: 0",
        "503, Retry-After: 99999999999",
        "401, X: y",
        "407, X: y",
        "421, X: y",
        "425, X: y",
        "302, Location: /elsewhere"
    })
    void aStatusThatOthersRepeat(int status, String header) throws Exception {
        try (RawServer server = new RawServer(exchange -> exchange.answer(status, "", header))) {
            assertThat(Clients.plain()
                            .send(request(server, "GET"), discarding())
                            .statusCode())
                    .isEqualTo(status);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aRefusedConnectionStaysAConnectException() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = closed.getLocalPort();
        }
        try (RawServer server = RawServer.failing(0, "")) {
            HttpClient client = HoldfastHttpClient.wrap(
                    Clients.plain(),
                    Clients.policy(server, FakeTime.flying())
                            .endpoint(URI.create("http://127.0.0.1:" + port))
                            .maxAttempts(1)
                            .build());
            HttpRequest own = HttpRequest.newBuilder(URI.create("http://169.254.169.254/x"))
                    .build();
            assertThatThrownBy(() -> client.send(own, discarding()))
                    .as("nothing was sent, so nothing was stopped")
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void theStoppedRepetitionGivesItsConnectionBack() throws Exception {
        try (RawServer server = new RawServer(RawServer.Exchange::close)) {
            fails(holdfast(Clients.plain(), server), request(server, "GET"));
            server.awaitEnds(2);
            assertThat(server.requests()).hasSize(1);
        }
    }
}
