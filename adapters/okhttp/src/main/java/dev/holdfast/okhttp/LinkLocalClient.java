package dev.holdfast.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;
import okhttp3.Authenticator;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** What the derived client of a link-local service has besides: nothing stands between it and the service, and a connect is short. */
final class LinkLocalClient {
    /**
     * Whatever is on the same link answers a connect within milliseconds. Two such time-outs and the wait between them end within 5 s, which is what a
     * boot script can wait.
     */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private LinkLocalClient() {}

    static void prepare(OkHttpClient.Builder builder, OkHttpClient client) {
        builder.proxy(Proxy.NO_PROXY).proxyAuthenticator(Authenticator.NONE);
        if (client.socketFactory() == SocketFactory.getDefault()) {
            builder.socketFactory(new DirectSockets());
        }
        int millis = client.connectTimeoutMillis();
        // Zero is no limit at all.
        if (millis == 0 || millis > CONNECT_TIMEOUT.toMillis()) {
            builder.connectTimeout(CONNECT_TIMEOUT);
        }
    }

    /** A plain socket asks the process-wide proxy selector for a SOCKS proxy when it connects, whatever proxy OkHttp has chosen. */
    private static final class DirectSockets extends SocketFactory {
        @Override
        public Socket createSocket() {
            return new Socket(Proxy.NO_PROXY);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return connected(null, new InetSocketAddress(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return connected(new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return connected(null, new InetSocketAddress(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
                throws IOException {
            return connected(new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
        }

        private Socket connected(@Nullable InetSocketAddress from, InetSocketAddress to) throws IOException {
            Socket socket = createSocket();
            try {
                socket.bind(from);
                socket.connect(to);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }
    }
}
