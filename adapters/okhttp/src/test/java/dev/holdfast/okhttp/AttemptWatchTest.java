package dev.holdfast.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.call.Access;
import dev.holdfast.core.internal.call.AttemptFacts;
import dev.holdfast.core.internal.call.AttemptFacts.Connection;
import dev.holdfast.core.internal.call.AttemptFacts.Progress;
import dev.holdfast.core.internal.call.Transport;
import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The facts of an attempt over real sockets, beside the exception, which is the same for several of them. */
class AttemptWatchTest {
    private static final Service SERVICE = Service.builder("test/metadata")
            .baseUrl("http://169.254.169.254")
            .linkLocal()
            .build();

    private final MockWebServer server = new MockWebServer();
    private OkHttpClient client = new OkHttpClient();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private void client(UnaryOperator<OkHttpClient.Builder> change) {
        client = change.apply(client.newBuilder()).build();
    }

    private Transport.Exchange<Response> exchange(int port) {
        Holdfast holdfast = Holdfast.builder(SERVICE)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .build();
        HoldfastCallFactory factory = new HoldfastCallFactory(client, Access.of(holdfast));
        Request request =
                new Request.Builder().url("http://169.254.169.254/metadata/x").build();
        return new OkHttpTransport(factory, request)
                .exchange(Duration.ofMinutes(5), (status, type) -> false, Transport.Changes.NONE);
    }

    private AttemptFacts facts(int port) {
        Transport.Exchange<Response> exchange = exchange(port);
        assertThat(catchThrowable(exchange::execute)).isInstanceOf(IOException.class);
        return exchange.facts();
    }

    private void warm() throws Exception {
        server.enqueue(new MockResponse.Builder().body("warm").build());
        exchange(server.getPort()).execute().response().close();
    }

    private static MockResponse hangsUp() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }

    @Test
    void aRefusedConnect() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertThat(facts(port)).isEqualTo(new AttemptFacts(Connection.NONE, Progress.NOT_BEGUN, false));
    }

    @Test
    void aNewConnectionThatIsClosed() {
        server.enqueue(hangsUp());
        assertThat(facts(server.getPort())).isEqualTo(new AttemptFacts(Connection.FRESH, Progress.BEGUN, false));
    }

    @Test
    void aReusedConnectionThatIsClosed() throws Exception {
        warm();
        server.enqueue(hangsUp());
        assertThat(facts(server.getPort())).isEqualTo(new AttemptFacts(Connection.REUSED, Progress.BEGUN, false));
    }

    @Test
    void anInterceptorThatFailsAfterTheHeadersCame() {
        client(builder -> builder.addNetworkInterceptor(chain -> {
            chain.proceed(chain.request()).close();
            throw new IOException("from the interceptor");
        }));
        server.enqueue(new MockResponse.Builder().body("whole").build());
        assertThat(facts(server.getPort())).isEqualTo(new AttemptFacts(Connection.FRESH, Progress.ANSWERED, false));
    }

    @Test
    void anInterceptorThatFailsBeforeTheRequest() {
        client(builder -> builder.addNetworkInterceptor(chain -> {
            throw new IOException("from the interceptor");
        }));
        assertThat(facts(server.getPort())).isEqualTo(new AttemptFacts(Connection.FRESH, Progress.NOT_BEGUN, false));
    }

    /** It says nothing of the way to the service. */
    @Test
    void anInterceptorThatFailsBeforeOkHttpIsAsked() {
        client(builder -> builder.addInterceptor(chain -> {
            throw new IOException("from the interceptor");
        }));
        AttemptFacts facts = facts(server.getPort());
        assertThat(facts).isEqualTo(new AttemptFacts(Connection.UNKNOWN, Progress.NOT_BEGUN, false));
        assertThat(facts.neverConnected()).isFalse();
        assertThat(facts.notBegun()).isTrue();
    }
}
