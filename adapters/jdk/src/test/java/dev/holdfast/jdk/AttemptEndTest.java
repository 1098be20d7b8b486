package dev.holdfast.jdk;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.internal.call.AttemptFacts;
import dev.holdfast.core.internal.call.AttemptFacts.Connection;
import dev.holdfast.core.internal.call.AttemptFacts.Progress;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

/** What the JDK's client lets know of an attempt without a response. */
class AttemptEndTest {
    private static final AttemptFacts NEVER_CONNECTED = new AttemptFacts(Connection.NONE, Progress.NOT_BEGUN, false);

    private static AttemptFacts facts(HttpClient client, URI uri) {
        HttpRequest plain = HttpRequest.newBuilder(uri).build();
        SingleSend once = SingleSend.of(plain, client);
        HttpRequest request = once == null
                ? plain
                : HttpRequest.newBuilder(uri).method("GET", once).build();
        JdkExchange<String> exchange = new JdkExchange<>(client, request, once, ofString(), (status, type) -> false);
        assertThatThrownBy(exchange::execute).isNotNull();
        return exchange.facts();
    }

    private static AttemptFacts thrown(Throwable fault) {
        StubClient stub = new StubClient();
        stub.fail(fault);
        return facts(stub, URI.create("http://127.0.0.1/x"));
    }

    private static int closedPort() throws Exception {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return closed.getLocalPort();
        }
    }

    @Test
    void aRefusedConnectionIsNone() throws Exception {
        assertThat(facts(Clients.plain(), URI.create("http://127.0.0.1:" + closedPort() + "/x")))
                .isEqualTo(NEVER_CONNECTED);
    }

    @Test
    void theExceptionAloneTellsThatThereWasNoConnection() {
        assertThat(thrown(new HttpConnectTimeoutException("HTTP connect timed out")))
                .isEqualTo(NEVER_CONNECTED);
        Throwable unresolved = new ConnectException().initCause(new UnresolvedAddressException());
        assertThat(thrown(unresolved)).isEqualTo(NEVER_CONNECTED);
    }

    @Test
    void aConnectionThatEndsAfterTheRequestLeavesAllUnknown() throws Exception {
        try (RawServer server = new RawServer(RawServer.Exchange::close)) {
            assertThat(facts(Clients.plain(), server.uri("/x"))).isEqualTo(AttemptFacts.UNKNOWN);
        }
    }

    @Test
    void aBodyThatBreaksOffWasAnswered() throws Exception {
        try (RawServer server = new RawServer(exchange -> {
            exchange.send("HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\nhalf");
            exchange.close();
        })) {
            assertThat(facts(Clients.plain(), server.uri("/x")).progress()).isEqualTo(Progress.ANSWERED);
        }
    }

    /**
     * The JDK sends a GET again whose connection ended. Where it has no connection for that, it throws what it throws where nothing was sent;
     * but the first request may have been processed.
     */
    @Test
    void aSecondConnectionThatIsRefusedDoesNotHideTheFirst() throws Exception {
        try (RawServer server = new RawServer(exchange -> {
            if (exchange.number() == 1) {
                exchange.answer(200, "ok");
            } else {
                exchange.refuseOthers();
                exchange.close();
            }
        })) {
            HoldfastHttpClient client = Clients.client(server, FakeTime.flying());
            HttpRequest never = HttpRequest.newBuilder(server.uri("/never")).build();
            client.send(never, ofString());

            Throwable thrown = catchThrowable(() -> client.send(never, ofString()));

            assertThat(Outcome.of(thrown).attempts()).hasSize(1);
            Attempt only = Outcome.of(thrown).attempts().get(0);
            assertThat(only.decision().rule()).isEqualTo("fault/connection-lost");
            assertThat(only.decision().processed()).isEqualTo(Processed.UNKNOWN);
        }
    }
}
