package dev.holdfast.emulators.connections;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server, and lets connections go silent as a load balancer does that has forgotten a flow: no FIN, no RST. */
final class MutingRelay implements AutoCloseable {
    private final ServerSocket socket;
    private final int target;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile int muted;

    MutingRelay(int target) throws IOException {
        this.target = target;
        this.socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** How many connections were made. */
    int accepted() {
        return accepted.get();
    }

    /** From now on nothing passes on the connections that there are; further ones work. */
    void mute() {
        muted = accepted.get();
    }

    /** Closes the side of each client, as a server does with its idle connections, and leaves the other side to the client. */
    void closeForClients() throws IOException {
        for (Socket each : clients) {
            each.shutdownOutput();
        }
    }

    /** How many connections the clients have not closed. */
    int clients() {
        return clients.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                int number = accepted.incrementAndGet();
                Socket server = new Socket(InetAddress.getByName("127.0.0.1"), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                clients.add(client);
                sockets.add(server);
                start(() -> copy(number, client, server));
                start(() -> copy(number, server, client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void copy(int number, Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                if (number > muted) {
                    out.write(bytes, 0, length);
                }
            }
            if (number > muted) {
                to.shutdownOutput();
            }
        } catch (IOException gone) {
            // One of the two sides hung up.
        } finally {
            clients.remove(from);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "muting-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : sockets) {
            each.close();
        }
    }
}
