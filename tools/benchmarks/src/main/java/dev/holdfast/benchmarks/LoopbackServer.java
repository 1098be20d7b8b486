package dev.holdfast.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** Answers every request on a kept connection with one write. It reads no further than the blank line. */
final class LoopbackServer implements AutoCloseable {
    private final ServerSocket socket;

    LoopbackServer() throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                daemon(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The benchmark is over.
        }
    }

    private static void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            OutputStream out = connection.getOutputStream();
            byte[] buffer = new byte[8 * 1024];
            int size = 0;
            for (int count = in.read(buffer); count > 0; count = in.read(buffer, size, buffer.length - size)) {
                size += count;
                if (size >= 4 && buffer[size - 1] == '\n' && buffer[size - 3] == '\n') {
                    out.write(MemoryWire.ANSWER);
                    size = 0;
                }
            }
        } catch (IOException closed) {
            // The client is gone.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "loopback-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
