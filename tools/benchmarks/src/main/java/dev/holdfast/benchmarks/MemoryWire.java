package dev.holdfast.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;

/** Connections that answer every request from memory: OkHttp runs as a whole, with its codec and its network interceptors, but no kernel. */
final class MemoryWire extends SocketFactory {
    static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n"
                    + "{\"id\":\"0717-abc\"}")
            .getBytes(StandardCharsets.US_ASCII);

    @Override
    public Socket createSocket() {
        return new Wire();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("OkHttp asks for a socket and connects it by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("OkHttp asks for a socket and connects it by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("OkHttp asks for a socket and connects it by itself");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("OkHttp asks for a socket and connects it by itself");
    }

    /** Each flush of a request without a body puts one answer into the other direction. */
    private static final class Wire extends Socket {
        private int left;

        @Override
        public void connect(SocketAddress endpoint, int timeout) {}

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InputStream getInputStream() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0];
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    int count = Math.min(left, length);
                    System.arraycopy(ANSWER, ANSWER.length - left, into, offset, count);
                    left -= count;
                    return count == 0 ? -1 : count;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() {
            return new OutputStream() {
                @Override
                public void write(int b) {
                    left = ANSWER.length;
                }

                @Override
                public void write(byte[] b, int off, int len) {
                    left = ANSWER.length;
                }
            };
        }

        @Override
        public void setSoTimeout(int timeout) {}

        @Override
        public int getSoTimeout() {
            return 0;
        }
    }
}
