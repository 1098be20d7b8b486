package dev.holdfast.jdk;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
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

/**
 * Law 7 with the JDK's client, whose own timeout ends at the headers. The attempts are timed by the real clock, the waits are not. A test with a
 * short timeout expects that timeout, however slow the machine is.
 */
class TimeoutsTest {
    private static final String HALF = " X\r\nContent-Length: 100\r\n\r\nhalf";

    private final FakeTime time = FakeTime.flying();

    private static HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://169.254.169.254/x"));
    }

    private HttpClient client(HttpClient plain, RawServer server, int attempts) {
        return HoldfastHttpClient.wrap(
                plain,
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
                Throwable thrown = catchThrowable(() -> send(client(Clients.plain(), server, 2), async));
                assertThat(async ? thrown.getCause() : thrown).isInstanceOf(HttpTimeoutException.class);
                assertThat(Outcome.of(thrown).attempts()).hasSize(2);
                // Every stalled connection is closed.
                server.awaitEnds(server.connections());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerThatDoesNotComeIsAReadTimeout(boolean async) throws Exception {
        try (RawServer server = new RawServer(exchange -> {
            if (exchange.number() == 1) {
                exchange.answer(200, "ok");
            }
        })) {
            HttpClient plain = Clients.plain();
            // Leaves a connection behind, so that the timeout has none to wait for.
            HoldfastHttpClient.wrap(plain, Clients.policy(server, time).build())
                    .send(request().build(), ofString());
            aReadTimeout(catchThrowable(() -> send(client(plain, server, 1), async)), async);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBodyThatStallsIsAReadTimeout(boolean async) throws Exception {
        try (RawServer server = new RawServer(exchange -> exchange.send("HTTP/1.1 200" + HALF))) {
            aReadTimeout(catchThrowable(() -> send(client(new HeadersFirstClient(), server, 1), async)), async);
        }
    }

    private static void aReadTimeout(Throwable thrown, boolean async) {
        assertThat(async ? thrown.getCause() : thrown).isExactlyInstanceOf(HttpTimeoutException.class);
        assertThat(Outcome.of(thrown).decision().rule()).isEqualTo("fault/read-timeout");
    }

    @Test
    void theRestOfALargeErrorIsTimedToo() throws Exception {
        try (RawServer server = new RawServer(
                exchange -> exchange.send("HTTP/1.1 400 X\r\nContent-Length: 500000\r\n\r\n" + "x".repeat(100_000)))) {
            for (boolean async : new boolean[] {false, true}) {
                assertThatThrownBy(() -> send(client(new HeadersFirstClient(), server, 1), async))
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

    /**
     * A queue of connections that nobody accepts: the kernel then lets further ones wait. It connects at once where there is room, so two that
     * wait in a row tell that there is none.
     */
    private static void fill(ServerSocket full, List<Socket> filling) throws IOException {
        for (int waiting = 0; waiting < 2; ) {
            Socket socket = new Socket();
            filling.add(socket);
            try {
                socket.connect(new InetSocketAddress("127.0.0.1", full.getLocalPort()), 50);
                waiting = 0;
            } catch (SocketTimeoutException isFull) {
                waiting++;
            }
        }
    }

    @Test
    void theCallersTimeoutBoundsTheWholeCall() throws Exception {
        try (RawServer server = RawServer.failing(9, "busy")) {
            Duration limit = Duration.ofMinutes(25);
            HttpClient client = HoldfastHttpClient.wrap(
                    Clients.plain(),
                    Clients.policy(server, time)
                            .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofMinutes(10)))
                            .attemptTimeout(Duration.ofMinutes(5))
                            .deadline(Duration.ofHours(2))
                            .maxAttempts(9)
                            .build());
            HttpResponse<String> response = client.send(request().timeout(limit).build(), ofString());
            assertThat(response.statusCode()).isEqualTo(503);
            Outcome outcome = HoldfastHttpClient.outcomeOf(response);
            assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
            assertThat(outcome.attempts()).as("at 0, 10 and 20 minutes").hasSize(3);
            assertThat(response.request().timeout()).contains(limit);
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
