package dev.holdfast.okhttp;

import dev.holdfast.core.response.ResponseView;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.Socket;
import javax.net.SocketFactory;
import okhttp3.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what the library's own reading of a body takes from a connection. OkHttp reads the extension of a chunk, which has no limit, into
 * memory before it gives a byte of the body. Only the sockets made here are bounded, in HTTP/1.1, where the thread that reads a body reads
 * its connection: a caller's own socket factory stays, and so does what OkHttp makes for a SOCKS proxy.
 */
final class WireLimit extends SocketFactory {
    /** Sixteen times what is looked at: chunks of one byte need six. */
    static final int BYTES = 16 * ResponseView.BODY_LIMIT;

    private static final ThreadLocal<@Nullable Budget> READING = new ThreadLocal<>();

    /** What one reading may still take. */
    private static final class Budget {
        private int left = BYTES;
    }

    /** What reads. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    private final boolean direct;

    private WireLimit(boolean direct) {
        this.direct = direct;
    }

    /**
     * Returns a factory of bounded sockets in place of the default; a caller's own factory stays.
     *
     * @param callers the factory of the caller's client
     * @param direct whether the sockets connect directly: a plain socket asks the process-wide proxy selector for a SOCKS proxy, whatever
     *     proxy OkHttp has chosen
     */
    static SocketFactory over(SocketFactory callers, boolean direct) {
        return callers == SocketFactory.getDefault() ? new WireLimit(direct) : callers;
    }

    /** Reads, and ends with a ProtocolException where a connection brings more than {@link #BYTES}. */
    static <T> T within(Reading<T> reading) throws IOException {
        Budget outer = READING.get();
        READING.set(outer == null ? new Budget() : outer);
        try {
            return reading.read();
        } finally {
            if (outer == null) {
                READING.remove();
            }
        }
    }

    @Override
    public Socket createSocket() {
        return direct ? new Bounded(Proxy.NO_PROXY) : new Bounded();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(local, localPort), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(local, localPort), new InetSocketAddress(host, port));
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

    /** Whether a connection is known to have more to say: what a client calls the end of its stream is something else then. */
    static boolean isOpen(@Nullable Connection connection) {
        return connection != null && connection.socket() instanceof Bounded socket && !socket.ended;
    }

    private static final class Bounded extends Socket {
        private volatile boolean ended;

        Bounded() {}

        Bounded(Proxy proxy) {
            super(proxy);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), this);
        }
    }

    private static final class Counted extends FilterInputStream {
        private final Bounded socket;

        Counted(InputStream in, Bounded socket) {
            super(in);
            this.socket = socket;
        }

        private int counted(int count) {
            if (count < 0) {
                socket.ended = true;
            }
            return count;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Budget budget = READING.get();
            if (budget == null) {
                return counted(in.read(into, offset, length));
            }
            if (budget.left <= 0) {
                throw new ProtocolException("more than " + BYTES + " bytes came where at most "
                        + ResponseView.BODY_LIMIT + " of a body are read");
            }
            int count = counted(in.read(into, offset, Math.min(length, budget.left)));
            budget.left -= Math.max(0, count);
            return count;
        }
    }
}
