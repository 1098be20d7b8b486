package dev.holdfast.emulators.connections;

import dev.holdfast.emulators.laws.Shortly;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server of HTTP/1.1 that closes its idle connections when the test says so, as every server does after its keep-alive. */
final class IdleServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String scheme;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger serving = new AtomicInteger();
    private final AtomicInteger bodies = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    IdleServer() throws IOException {
        this("http", ServerSocketFactory.getDefault());
    }

    IdleServer(String scheme, ServerSocketFactory sockets) throws IOException {
        this.scheme = scheme;
        this.socket = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start("idle-server", this::accept);
    }

    URI endpoint() {
        return URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort());
    }

    /** How many requests came in whole. */
    int requests() {
        return requests.get();
    }

    /** How many connections were made. */
    int accepted() {
        return accepted.get();
    }

    /** How many bytes of request bodies came in. */
    int bodies() {
        return bodies.get();
    }

    /** Keeps answers back until as many requests have come; so many connections are then in the pool of the client. */
    void gather(int requests) {
        gate = new CountDownLatch(requests);
    }

    /**
     * Closes every connection. A thread that still reads keeps its socket open in the kernel, so that this returns when all of them have left: then
     * each FIN is sent.
     */
    void closeIdle() throws IOException, InterruptedException {
        for (Socket each : open) {
            each.close();
        }
        open.clear();
        Shortly.until(() -> serving.get() == 0);
    }

    /** Says a line on every idle connection that nobody asked for, as a proxy does that reports its time-out. */
    void speakUnasked() throws IOException {
        for (Socket each : open) {
            OutputStream out = each.getOutputStream();
            out.write(
                    "HTTP/1.1 408 Request Time-out\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket next = socket.accept();
                next.setTcpNoDelay(true);
                accepted.incrementAndGet();
                open.add(next);
                serving.incrementAndGet();
                start("idle-connection", () -> serve(next));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket line) {
        try (line) {
            InputStream in = new BufferedInputStream(line.getInputStream());
            OutputStream out = line.getOutputStream();
            while (true) {
                int length = request(in);
                bodies.addAndGet(in.readNBytes(length).length);
                requests.incrementAndGet();
                gate.countDown();
                gate.await();
                out.write("HTTP/1.1 200 OK\r\nServer: IMDS/150.870.65.1854\r\nContent-Length: 4\r\n\r\ngood"
                        .getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        } catch (IOException gone) {
            // Closed, by whichever side.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            serving.decrementAndGet();
        }
    }

    /** Reads the head of a request and returns the length of its body. */
    private static int request(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the client hung up");
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
