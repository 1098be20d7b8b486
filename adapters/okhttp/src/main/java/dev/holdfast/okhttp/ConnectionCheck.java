package dev.holdfast.okhttp;

import dev.holdfast.core.internal.call.AttemptFacts;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a connection of the pool before a request goes out on it.
 *
 * <p>OkHttp itself looks only at connections that were idle for 10 s, and reports a request on a closed one as sent. For a request that may
 * not be repeated freely this look tells the one from the other.
 */
final class ConnectionCheck {

    /** A connection of the pool, where one is wanted that no request has used. It is closed now, and nothing was sent on it. */
    private static final class Pooled extends IOException {
        private static final long serialVersionUID = 1;

        Pooled() {
            super("A connection of the pool was closed unused: this request wants one that is fresh");
        }
    }

    private ConnectionCheck() {}

    /** Throws where the request must not go out on the connection that OkHttp has chosen. */
    static void check(@Nullable AttemptWatch watch, @Nullable Connection connection) throws IOException {
        if (watch != null && connection != null && isReusedHttp1(watch.facts())) {
            if (watch.leavesPool() || watch.isStale()) {
                throw new Pooled();
            }
            if (watch.looksFirst() && !isOpen(connection.socket())) {
                throw new IOException("The server had closed this idle connection; the request was not sent");
            }
        }
    }

    private static boolean isReusedHttp1(AttemptFacts facts) {
        return facts.connection() == AttemptFacts.Connection.REUSED && !facts.http2();
    }

    /**
     * Whether the peer is still there and silent, by a read of 1 ms. Between two requests the peer has nothing to say: a byte that comes would
     * be taken for the answer, so that such a connection counts as closed. OkHttp closes it when this interceptor throws.
     */
    static boolean isOpen(Socket socket) {
        try {
            int usual = socket.getSoTimeout();
            try {
                socket.setSoTimeout(1);
                int unused = socket.getInputStream().read();
                return false;
            } catch (SocketTimeoutException silent) {
                return true;
            } finally {
                socket.setSoTimeout(usual);
            }
        } catch (IOException broken) {
            return false;
        }
    }

    /**
     * Sends on a connection that {@link #check} accepts. The pool gives out its idle connections to this address one after another, and each
     * that is not accepted is closed. No connection of another address, and none in use, is touched.
     */
    static Response proceedFresh(Interceptor.Chain chain, boolean http2) throws IOException {
        // Other streams may live on an HTTP/2 connection, so that it is not closed but gone round.
        Interceptor.Chain sending =
                http2 ? chain.withConnectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS)) : chain;
        while (true) {
            try {
                return sending.proceed(chain.request());
            } catch (Pooled closed) {
                // Each turn takes one connection out of the pool. The timeout of the call ends this as it ends all
                // else.
            }
        }
    }
}
