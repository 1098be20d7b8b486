package dev.holdfast.emulators.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server that speaks bytes. Each connection on which something is said has the next of the talks, the last one for all others; one that is
 * closed without a word has none. It knows how many requests came, and how many connections neither side has closed.
 */
final class FaultServer implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    /** The kernel itself connects at once where there is room, however busy the threads are. */
    private static final int FULL_MILLIS = 250;

    private final Queue<Talk> talks = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();
    private final List<Socket> fillers = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch idle = new CountDownLatch(1);
    private final CountDownLatch fallen = new CountDownLatch(1);
    private final Semaphore strokes = new Semaphore(0);
    private final int port;
    private Socket reserving;
    private ServerSocket listening;
    private boolean accepting;

    /** What is said on one connection; it is closed when the talk ends. */
    interface Talk {
        void with(Line line) throws IOException;
    }

    private FaultServer(Socket reserving, ServerSocket listening, List<Talk> talks) {
        this.talks.addAll(talks);
        this.reserving = reserving;
        this.listening = listening;
        this.port = reserving != null ? reserving.getLocalPort() : listening.getLocalPort();
    }

    static FaultServer listening(List<Talk> talks) throws IOException {
        FaultServer server = new FaultServer(null, new ServerSocket(0, 50, HERE), talks);
        server.open();
        return server;
    }

    /** Its port is taken and nobody listens there, until it is opened. */
    static FaultServer refusing(List<Talk> talks) throws IOException {
        Socket reserving = new Socket();
        reserving.bind(new InetSocketAddress(HERE, 0));
        return new FaultServer(reserving, null, talks);
    }

    /**
     * Its queue of connections is full, so that the kernel drops further ones without a word, until it is opened. Who asks again is dropped
     * again, so that it makes no difference when the kernel does so.
     */
    static FaultServer stalling(List<Talk> talks) throws IOException {
        FaultServer server = new FaultServer(null, new ServerSocket(0, 1, HERE), talks);
        try {
            while (server.fillers.size() < 100) {
                Socket filler = new Socket();
                server.fillers.add(filler);
                filler.connect(new InetSocketAddress(HERE, server.port), FULL_MILLIS);
            }
            throw new IOException("the queue takes 100 connections, so nothing stalls");
        } catch (SocketTimeoutException full) {
            return server;
        }
    }

    /** From now on connections are taken. */
    synchronized void open() throws IOException {
        if (accepting) {
            return;
        }
        accepting = true;
        if (reserving != null) {
            reserving.close();
            listening = new ServerSocket(port, 50, HERE);
        }
        if (!fillers.isEmpty()) {
            // A new queue, in which there is room at once: the old one would have to be emptied first, and who is
            // dropped
            // meanwhile asks again after a second only.
            listening.close();
            listening = new ServerSocket(port, 50, HERE);
        }
        for (Socket filler : fillers) {
            filler.close();
        }
        ServerSocket from = listening;
        start("fault-server", () -> accept(from));
    }

    int port() {
        return port;
    }

    /** How many requests came in whole, head at least. */
    int requests() {
        return requests.get();
    }

    /** How many connections neither side has closed. */
    int openConnections() {
        return open.get();
    }

    /** The client has read its answer to the end, and its connection is in the pool. */
    void nowIdle() {
        idle.countDown();
    }

    /** Blocks until a talk has said that it fell. */
    void awaitFallen() throws InterruptedException {
        fallen.await();
    }

    /** Blocks until one more talk has said that its fault has struck. */
    void awaitStroke() {
        strokes.acquireUninterruptibly();
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket socket = from.accept();
                socket.setTcpNoDelay(true);
                accepted.add(socket);
                open.incrementAndGet();
                start("fault-connection", () -> talk(socket));
            }
        } catch (IOException closed) {
            // The cell is over.
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            in.mark(1);
            if (in.read() >= 0) {
                in.reset();
                Talk talk = talks.size() > 1 ? talks.poll() : talks.peek();
                talk.with(new Line(socket, in, socket.getOutputStream()));
            }
        } catch (IOException gone) {
            // The client hung up, which is its right.
        } finally {
            open.decrementAndGet();
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() throws IOException {
        if (reserving != null) {
            reserving.close();
        }
        if (listening != null) {
            listening.close();
        }
        for (Socket each : fillers) {
            each.close();
        }
        for (Socket each : accepted) {
            each.close();
        }
    }

    /** One connection. */
    final class Line {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Line(Socket socket, InputStream in, OutputStream out) {
            this.socket = socket;
            this.in = in;
            this.out = out;
        }

        /** Reads the head of a request; none of ours has a body. */
        Line request() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int b = in.read();
                if (b < 0) {
                    throw new IOException("the client hung up");
                }
                head.write(b);
            }
            requests.incrementAndGet();
            return this;
        }

        /** Reads what is there, whatever it is. */
        Line anything() throws IOException {
            if (in.read(new byte[16_384]) < 0) {
                throw new IOException("the client hung up");
            }
            return this;
        }

        Line say(String text) throws IOException {
            return say(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        Line say(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        Line head(int status, String... headers) throws IOException {
            String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            return say("HTTP/1.1 " + status + " Text\r\nServer: IMDS/150.870.65.1854\r\n" + lines + "\r\n");
        }

        Line answer(int status, String body) throws IOException {
            return head(status, "Content-Length: " + body.length()).say(body);
        }

        /** Good answers for as long as the client asks. */
        void answers() throws IOException {
            while (true) {
                request().answer(200, "good");
            }
        }

        /** Says the same again and again, until the client hangs up. */
        void drip(String text, int everyMillis) throws IOException {
            socket.setSoTimeout(everyMillis);
            while (true) {
                try {
                    untilGone();
                    return;
                } catch (SocketTimeoutException due) {
                    say(text);
                }
            }
        }

        /** Says no more, and waits for the client to hang up. */
        void untilGone() throws IOException {
            while (in.read() >= 0) {
                // What it still says is not heard.
            }
        }

        /** Closes this side and waits for the client to notice. */
        void hangUp() throws IOException {
            halfClosed().untilGone();
        }

        /** Closes this side. */
        Line halfClosed() throws IOException {
            socket.shutdownOutput();
            return this;
        }

        /** Waits until the client has read the answer: what is said before that may be read with it. */
        Line whenIdle() throws IOException {
            try {
                idle.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            return this;
        }

        /** Notes that what befalls an idle connection has befallen it. */
        Line fell() {
            fallen.countDown();
            return this;
        }

        /** Notes that the fault has struck this connection. */
        Line strike() {
            strokes.release();
            return this;
        }

        /** Breaks the connection so that the client hears of a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Speaks TLS from here on. */
        Line secure(SSLContext context) throws IOException {
            byte[] heard = new byte[in.available()];
            int length = in.read(heard);
            SSLSocket secured = (SSLSocket)
                    context.getSocketFactory().createSocket(socket, new ByteArrayInputStream(heard, 0, length), true);
            secured.setUseClientMode(false);
            secured.startHandshake();
            return new Line(socket, new BufferedInputStream(secured.getInputStream()), secured.getOutputStream());
        }
    }
}
