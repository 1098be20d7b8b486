package dev.holdfast.emulators.laws;

import dev.holdfast.core.time.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;

/** A network in which nothing answers: each connect takes its whole time-out, in virtual time. */
final class SilentSockets extends SocketFactory {
    private final VirtualTime time;
    private final List<Integer> timeouts = new CopyOnWriteArrayList<>();

    SilentSockets(VirtualTime time) {
        this.time = time;
    }

    /** The time-outs of all connects so far, in ms. */
    List<Integer> timeouts() {
        return timeouts;
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                timeouts.add(timeout);
                time.jumpMonotonic(Duration.ofMillis(timeout));
                throw new SocketTimeoutException("Connect timed out");
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }
}
