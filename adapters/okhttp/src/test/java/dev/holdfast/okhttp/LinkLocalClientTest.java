package dev.holdfast.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connections of a link-local service: made directly, and not kept for long. */
class LinkLocalClientTest {
    /** More than the buffers of both ends hold. */
    private static final int LARGE = 32 << 20;

    private final MockWebServer server = new MockWebServer();
    private final VirtualTime time = VirtualTime.manual();
    private OkHttpClient client = new OkHttpClient();

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                boolean large = request.getTarget().endsWith("large");
                return new MockResponse.Builder()
                        .body(large ? "x".repeat(LARGE) : "fine")
                        .build();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        time.shutDown();
    }

    private Call.Factory calls(boolean linkLocal) {
        Service.Builder service = Service.builder("test/metadata").baseUrl("http://169.254.169.254");
        return HoldfastOkHttp.wrap(
                client,
                Holdfast.builder((linkLocal ? service.linkLocal() : service).build())
                        .endpoint(URI.create("http://127.0.0.1:" + server.getPort()))
                        .timeSource(time)
                        .build());
    }

    private void ask(Call.Factory calls) throws IOException {
        Request request =
                new Request.Builder().url("http://169.254.169.254/metadata/x").build();
        try (Response response = calls.newCall(request).execute()) {
            assertThat(response.body().string()).isEqualTo("fine");
            // A connection that is left unused costs the call nothing that its outcome would tell.
            Outcome outcome = HoldfastOkHttp.outcomeOf(response);
            assertThat(outcome.attempts()).hasSize(1).noneMatch(Attempt::freshConnection);
        }
    }

    /** By the server's own count: the second request of a connection has the index 1 in it. */
    @ParameterizedTest
    @CsvSource({"true, 2000, 1", "true, 2001, 0", "false, 240000, 1"})
    void aConnectionThatWasIdleForMoreThanTwoSecondsIsNotUsedAgain(boolean linkLocal, long idle, int index)
            throws Exception {
        Call.Factory calls = calls(linkLocal);
        ask(calls);
        time.advance(Duration.ofMillis(idle));
        ask(calls);
        assertThat(server.takeRequest().getExchangeIndex()).isZero();
        assertThat(server.takeRequest().getExchangeIndex()).isEqualTo(index);
    }

    @Test
    void aConnectionInUseIsLeftAlone() throws Exception {
        Call.Factory calls = calls(true);
        Request request =
                new Request.Builder().url("http://169.254.169.254/metadata/x").build();
        try (Response open = calls.newCall(request).execute()) {
            time.advance(Duration.ofMinutes(1));
            ask(calls);
            assertThat(open.body().string()).isEqualTo("fine");
        }
    }

    /** OkHttp puts a connection back before it tells so, so that another call may use it when the first one is told of its release. */
    @Test
    void aConnectionThatAnotherCallGotInBetweenIsLeftAlone() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        AtomicReference<Response> open = new AtomicReference<>();
        AtomicReference<Call.Factory> calls = new AtomicReference<>();
        client = client.newBuilder()
                .eventListener(new EventListener() {
                    @Override
                    public void connectionReleased(Call call, Connection connection) {
                        if (first.getAndSet(false)) {
                            open.set(execute(calls.get(), "/metadata/large"));
                        }
                    }
                })
                .build();
        calls.set(calls(true));
        ask(calls.get());
        time.advance(Duration.ofMinutes(1));
        ask(calls.get());
        try (Response large = open.get()) {
            assertThat(large.body().bytes()).hasSize(LARGE);
        }
        assertThat(server.takeRequest().getExchangeIndex()).isZero();
        assertThat(server.takeRequest().getExchangeIndex())
                .as("the open call got the connection of the first")
                .isOne();
    }

    private static Response execute(Call.Factory calls, String path) {
        try {
            return calls.newCall(new Request.Builder()
                            .url("http://169.254.169.254" + path)
                            .build())
                    .execute();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process-wide SOCKS proxy would be asked by each plain socket. */
    @Test
    void aSocketFactoryOfTheCallersIsUsed() throws Exception {
        AtomicInteger made = new AtomicInteger();
        client = client.newBuilder()
                .socketFactory(new SocketFactory() {
                    @Override
                    public Socket createSocket() {
                        made.incrementAndGet();
                        return new Socket();
                    }

                    @Override
                    public Socket createSocket(String host, int port) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Socket createSocket(InetAddress host, int port) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
                        throw new UnsupportedOperationException();
                    }
                })
                .build();
        ask(calls(true));
        assertThat(made).hasValue(1);
    }

    /** OkHttp asks for sockets that are not connected; a caller's interceptor may ask the derived client's factory for others. */
    @Test
    void theOtherSocketsOfTheFactoryAreConnected() throws Exception {
        OkHttpClient.Builder builder = client.newBuilder();
        LinkLocalClient.prepare(builder, client);
        SocketFactory sockets = builder.build().socketFactory();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (Socket socket : new Socket[] {
            sockets.createSocket("127.0.0.1", server.getPort()),
            sockets.createSocket(loopback, server.getPort()),
            sockets.createSocket("127.0.0.1", server.getPort(), loopback, 0),
            sockets.createSocket(loopback, server.getPort(), loopback, 0)
        }) {
            assertThat(socket.isConnected()).isTrue();
            socket.close();
        }
    }
}
