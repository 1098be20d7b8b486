package dev.holdfast.emulators.credentials;

import dev.holdfast.emulators.faults.Certificate;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.SocketFactory;
import okhttp3.Dns;

/**
 * The network of a vendor's machine, with two emulators behind it: connections to port 80 of any address reach the metadata service, those to port 443 the
 * control service, which speaks TLS there. So a line that has the vendor's own addresses runs as it stands.
 */
final class VendorNetwork extends SocketFactory implements AutoCloseable {
    private final int metadata;
    private final int service;
    private final ServerSocket tls;
    private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();
    private final Queue<String> connected = new ConcurrentLinkedQueue<>();
    private final Queue<String> lookedUp = new ConcurrentLinkedQueue<>();

    VendorNetwork(URI metadata, URI service) throws IOException {
        this.metadata = metadata.getPort();
        this.service = service.getPort();
        this.tls = Certificate.context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start(this::accept);
    }

    /** Where clients connected to, as they see it. */
    List<String> connected() {
        return List.copyOf(connected);
    }

    /** Which names clients asked for. */
    List<String> lookedUp() {
        return List.copyOf(lookedUp);
    }

    /** Answers every name with an address of the documentation's range (RFC 5737). */
    Dns dns() {
        return name -> {
            lookedUp.add(name);
            return List.of(InetAddress.getByName("192.0.2.1"));
        };
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress asked, int timeout) throws IOException {
                InetSocketAddress address = (InetSocketAddress) asked;
                connected.add(address.getAddress().getHostAddress() + ":" + address.getPort());
                int port = address.getPort() == 443 ? tls.getLocalPort() : metadata;
                super.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), timeout);
            }
        };
    }

    private void accept() {
        try {
            while (true) {
                Socket client = tls.accept();
                Socket server = new Socket(InetAddress.getByName("127.0.0.1"), service);
                open.add(client);
                open.add(server);
                start(() -> pump(client, server));
                start(() -> pump(server, client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side has ended; both are closed.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "vendor-network");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        tls.close();
        for (Closeable each : new ArrayList<>(open)) {
            each.close();
        }
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
}
