package dev.holdfast.jdk;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 7 with the JDK's client, whose own timeout ends at the headers. The attempts are timed by the real clock, the waits are not. */
class TimeoutsTest {
    private static final String HALF = " X\r\nContent-Length: 100\r\n\r\nhalf";

    private final FakeTime time = FakeTime.flying();

    private static HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://169.254.169.254/x"));
    }

    private HttpClient client(RawServer server, int attempts) {
        return HoldfastHttpClient.wrap(
                Clients.plain(),
                Clients.policy(server, time)
                        .attemptTimeout(Duration.ofMillis(250))
                        .maxAttempts(attempts)
                        .build());
    }

    private static HttpResponse<String> send(HttpClient client, boolean async) throws Exception {
        return async
                ? client.sendAsync(request().build(), ofString()).get()
                : client.send(request().build(), ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 X\r\nConte", "HTTP/1.1 200" + HALF, "HTTP/1.1 503" + HALF})
    void anAttemptThatStallsIsEndedAndRepeated(String beginning) throws Exception {
        for (boolean async : new boolean[] {false, true}) {
            // No attempt succeeds, for one that does would have to be faster than the timeout.
            try (RawServer server = new RawServer(exchange -> exchange.send(beginning))) {
                assertThatThrownBy(() -> send(client(server, 2), async))
                        .hasStackTraceContaining("HttpTimeoutException")
                        .satisfies(thrown ->
                                assertThat(Outcome.of(thrown).attempts()).hasSize(2));
                // Every stalled connection is closed.
                server.awaitEnds(server.connections());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200" + HALF})
    void theLastTimeoutIsThrown(String beginning) throws Exception {
        try (RawServer server = new RawServer(exchange -> exchange.send(beginning))) {
            assertThatThrownBy(() -> send(client(server, 1), false))
                    .isInstanceOf(HttpTimeoutException.class)
                    .satisfies(thrown ->
                            assertThat(Outcome.of(thrown).decision().rule()).isEqualTo("fault/read-timeout"));
            assertThatThrownBy(() -> send(client(server, 1), true)).hasCauseInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void theRestOfALargeErrorIsTimedToo() throws Exception {
        try (RawServer server = new RawServer(
                exchange -> exchange.send("HTTP/1.1 400 X\r\nContent-Length: 500000\r\n\r\n" + "x".repeat(100_000)))) {
            for (boolean async : new boolean[] {false, true}) {
                assertThatThrownBy(() -> send(client(server, 1), async))
                        .hasStackTraceContaining("HttpTimeoutException")
                        .satisfies(thrown -> assertThat(
                                        Outcome.of(thrown).attempts().get(0).status())
                                .isEqualTo(400));
            }
            server.awaitEnds(2);
        }
    }

    @Test
    void aConnectionThatDoesNotComeUpIsToldFromAnAnswerThatDoesNot() throws Exception {
        List<Socket> filling = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                RawServer unused = RawServer.failing(0, "")) {
            fill(full, filling);
            HttpClient client = HoldfastHttpClient.wrap(
                    Clients.plain(),
                    Clients.policy(unused, time)
                            .endpoint(URI.create("http://127.0.0.1:" + full.getLocalPort()))
                            .attemptTimeout(Duration.ofMillis(250))
                            .maxAttempts(1)
                            .build());
            assertThatThrownBy(() -> client.send(request().build(), ofString()))
                    .isInstanceOf(HttpConnectTimeoutException.class)
                    .satisfies(thrown ->
                            assertThat(Outcome.of(thrown).decision().rule()).isEqualTo("fault/connect-timeout"));
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    /** A queue of connections that nobody accepts: the kernel then lets further ones wait. */
    private static void fill(ServerSocket full, List<Socket> filling) {
        for (int i = 0; i < 4; i++) {
            Socket socket = new Socket();
            filling.add(socket);
            try {
                socket.connect(new InetSocketAddress("127.0.0.1", full.getLocalPort()), 50);
            } catch (IOException isFull) {
                return;
            }
        }
    }

    @Test
    void theCallersTimeoutBoundsTheWholeCall() throws Exception {
        try (RawServer server = RawServer.failing(9, "busy")) {
            HttpRequest limited = request().timeout(Duration.ofMillis(2_500)).build();
            HttpResponse<String> response = client(server, 9).send(limited, ofString());
            assertThat(response.statusCode()).isEqualTo(503);
            Outcome outcome = HoldfastHttpClient.outcomeOf(response);
            assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
            assertThat(outcome.attempts()).as("at 0 s, 1 s and 2 s").hasSize(3);
            assertThat(response.request().timeout()).contains(Duration.ofMillis(2_500));
        }
    }

    @Test
    void theCallersTimeoutBoundsAnAttempt() throws Exception {
        try (RawServer server = new RawServer(exchange -> {})) {
            HttpRequest limited = request().timeout(Duration.ofMillis(200)).build();
            HttpClient client = Clients.client(server, time);
            assertThatThrownBy(() -> client.send(limited, ofString())).isInstanceOf(HttpTimeoutException.class);
        }
    }
}
