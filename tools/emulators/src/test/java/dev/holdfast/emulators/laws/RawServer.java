package dev.holdfast.emulators.laws;

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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that speaks bytes, for what no well-behaved one would do. Each connection has the next of the talks, the last one for all others. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Queue<Talk> talks = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** What is said on one connection. */
    public interface Talk {
        void with(Line line) throws IOException;
    }

    public RawServer(Talk... talks) throws IOException {
        this.talks.addAll(List.of(talks));
        this.socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start("raw-server", this::accept);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    public String url(String target) {
        return endpoint() + target;
    }

    /** How many requests came in whole, head at least. */
    public int requests() {
        return requests.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket accepted = socket.accept();
                accepted.setTcpNoDelay(true);
                open.add(accepted);
                Talk talk = talks.size() > 1 ? talks.poll() : talks.peek();
                start("raw-connection", () -> talk(accepted, talk));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void talk(Socket accepted, Talk talk) {
        try (accepted) {
            talk.with(new Line(accepted));
        } catch (IOException gone) {
            // The client hung up, which is its right.
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        socket.close();
        for (Socket each : open) {
            each.close();
        }
    }

    /** One connection. */
    public final class Line {
        private final InputStream in;
        private final OutputStream out;

        public Line(Socket accepted) throws IOException {
            in = new BufferedInputStream(accepted.getInputStream());
            out = accepted.getOutputStream();
        }

        /** Reads the head of a request; a body stays unread. */
        public String request() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            for (int b = in.read(); ; b = in.read()) {
                if (b < 0) {
                    throw new IOException("the client hung up");
                }
                head.write(b);
                String text = head.toString(StandardCharsets.ISO_8859_1);
                if (text.endsWith("\r\n\r\n")) {
                    requests.incrementAndGet();
                    return text;
                }
            }
        }

        public Line say(String text) throws IOException {
            return say(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public Line say(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        public Line head(int status, String... headers) throws IOException {
            String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            return say("HTTP/1.1 " + status + " Text\r\nServer: IMDS/150.870.65.1854\r\n" + lines + "\r\n");
        }

        public Line answer(int status, String body) throws IOException {
            return head(status, "Content-Length: " + body.length()).say(body);
        }

        /** Says no more, and stays on the line until the test is over. */
        public void fallSilent() {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
