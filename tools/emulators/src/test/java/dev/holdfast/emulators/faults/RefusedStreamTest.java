package dev.holdfast.emulators.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.jdk.HoldfastHttpClient;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Law 8: a stream of HTTP/2 that the server refuses is not sent again by the JDK's client, which sends a one-shot body empty then (JDK 25). */
class RefusedStreamTest {
    @ParameterizedTest
    @CsvSource({"POST, false", "POST, true", "PUT, false", "PUT, true", "DELETE, false", "PATCH, true"})
    void oneAttemptIsOneStream(String method, boolean async) throws Exception {
        try (RefusingServer server = new RefusingServer()) {
            Service service = Service.builder("test/control")
                    .baseUrl(server.url())
                    .operation(Operation.named("write").path("/write").retrySafety(RetrySafety.NEVER))
                    .build();
            HttpClient client = HoldfastHttpClient.wrap(
                    HttpClient.newBuilder().sslContext(trusting()).build(), Holdfast.of(service));
            ByteArrayInputStream once = new ByteArrayInputStream("the only body".getBytes(StandardCharsets.UTF_8));
            BodyPublisher body = method.equals("POST")
                    ? BodyPublishers.ofInputStream(() -> once)
                    : BodyPublishers.ofString("the only body");
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/write"))
                    .method(method, body)
                    .build();
            Throwable thrown = catchThrowable(() -> {
                if (async) {
                    client.sendAsync(request, BodyHandlers.ofString()).get();
                } else {
                    client.send(request, BodyHandlers.ofString());
                }
            });
            assertThat(thrown).isNotNull();
            assertThat(Outcome.of(thrown).attempts()).hasSize(1);
            assertThat(server.streams.get()).isEqualTo(1);
        }
    }

    private static SSLContext trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        return context;
    }

    /** Refuses the first stream, and answers the others with 200. */
    private static final class RefusingServer implements AutoCloseable {
        private static final int HEADERS = 1;
        private static final int RST_STREAM = 3;
        private static final int SETTINGS = 4;

        private final SSLServerSocket listening;
        private final AtomicInteger streams = new AtomicInteger();

        RefusingServer() throws IOException {
            listening = (SSLServerSocket) Certificate.context()
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
            start(this::accept);
        }

        String url() {
            return "https://127.0.0.1:" + listening.getLocalPort();
        }

        private static void start(Runnable task) {
            Thread thread = new Thread(task, "refusing-server");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            try {
                while (true) {
                    SSLSocket socket = (SSLSocket) listening.accept();
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setApplicationProtocols(new String[] {"h2"});
                    socket.setSSLParameters(parameters);
                    start(() -> serve(socket));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private void serve(SSLSocket socket) {
            try (socket) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream();
                in.readNBytes(24);
                frame(out, SETTINGS, 0, 0);
                while (true) {
                    int lengthAndType = in.readInt();
                    int flags = in.readUnsignedByte();
                    int stream = in.readInt();
                    in.readNBytes(lengthAndType >>> 8);
                    int type = lengthAndType & 0xff;
                    if (type == SETTINGS && (flags & 1) == 0) {
                        frame(out, SETTINGS, 1, 0);
                    } else if (type == HEADERS && streams.incrementAndGet() == 1) {
                        // REFUSED_STREAM
                        frame(out, RST_STREAM, 0, stream, 0, 0, 0, 7);
                    } else if (type == HEADERS) {
                        // :status 200, and the end of the stream
                        frame(out, HEADERS, 5, stream, 0x88);
                    }
                }
            } catch (IOException gone) {
                // The client hung up, which is its right.
            }
        }

        private static void frame(OutputStream out, int type, int flags, int stream, int... payload)
                throws IOException {
            byte[] bytes = new byte[9 + payload.length];
            bytes[2] = (byte) payload.length;
            bytes[3] = (byte) type;
            bytes[4] = (byte) flags;
            bytes[7] = (byte) (stream >>> 8);
            bytes[8] = (byte) stream;
            for (int i = 0; i < payload.length; i++) {
                bytes[9 + i] = (byte) payload[i];
            }
            out.write(bytes);
            out.flush();
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
