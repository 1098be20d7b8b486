package dev.holdfast.emulators.connections;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A server of HTTP/2 that sends the frames that a test names, and no other: by prior knowledge, or over TLS where the client wants that. */
public final class FrameServer implements AutoCloseable {
    /** Error codes of RFC 9113, 7. */
    public static final int NO_ERROR = 0;

    public static final int REFUSED_STREAM = 7;
    public static final int ENHANCE_YOUR_CALM = 11;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final ServerSocket listening;
    private final boolean tls;
    private final Script script;
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Set<Stream> open = new HashSet<>();

    /** What to do with a request whose last byte has come. */
    public interface Script {
        /**
         * Told on the thread that reads the connection.
         *
         * @param stream the stream of the request
         */
        void asked(Stream stream) throws IOException;
    }

    private FrameServer(boolean tls, Script script) throws IOException {
        InetAddress local = InetAddress.getByName("127.0.0.1");
        this.tls = tls;
        this.script = script;
        this.listening = tls
                ? Trusting.server().getServerSocketFactory().createServerSocket(0, 50, local)
                : new ServerSocket(0, 50, local);
        start(this::accept);
    }

    /** For a client that begins with HTTP/2. */
    public static FrameServer plain(Script script) throws IOException {
        return new FrameServer(false, script);
    }

    /** For a client that asks for HTTP/2 within TLS. */
    public static FrameServer tls(Script script) throws IOException {
        return new FrameServer(true, script);
    }

    public String url() {
        return (tls ? "https" : "http") + "://127.0.0.1:" + listening.getLocalPort();
    }

    /** How many streams were opened on all connections. */
    public int streams() {
        return streams.get();
    }

    /** How many connections were made. */
    public int connections() {
        return connections.get();
    }

    /** Waits until a stream has ended: answered, reset by a side, or gone with its connection. The limit of the test ends the wait. */
    void awaitEnd(Stream stream) {
        synchronized (open) {
            while (open.contains(stream)) {
                try {
                    open.wait();
                } catch (InterruptedException e) {
                    throw new AssertionError("the limit of the test is over", e);
                }
            }
        }
    }

    private void ended(Stream stream) {
        synchronized (open) {
            open.remove(stream);
            open.notifyAll();
        }
    }

    static void start(Runnable task) {
        Thread thread = new Thread(task, "frame-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                connections.incrementAndGet();
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        Set<Stream> ofThis = new HashSet<>();
        try (socket) {
            if (socket instanceof SSLSocket secure) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {"h2"});
                secure.setSSLParameters(parameters);
            }
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
            frame(socket, SETTINGS, 0, 0);
            while (true) {
                int lengthAndType = in.readInt();
                int flags = in.readUnsignedByte();
                int id = in.readInt();
                byte[] payload = in.readNBytes(lengthAndType >>> 8);
                int type = lengthAndType & 0xff;
                if (type == SETTINGS && (flags & ACK) == 0) {
                    frame(socket, SETTINGS, ACK, 0);
                } else if (type == PING && (flags & ACK) == 0) {
                    frame(socket, PING, ACK, 0, payload);
                } else if (type == RST_STREAM) {
                    ofThis.stream().filter(each -> each.id == id).forEach(this::ended);
                } else if (type == HEADERS || type == DATA) {
                    asked(socket, id, type == HEADERS, (flags & END_STREAM) != 0, ofThis);
                }
            }
        } catch (IOException gone) {
            // The client hung up, or the script closed the connection.
        } finally {
            ofThis.forEach(this::ended);
        }
    }

    private void asked(Socket socket, int id, boolean opens, boolean last, Set<Stream> ofThis) throws IOException {
        if (opens) {
            Stream opened = new Stream(this, socket, id, streams.incrementAndGet());
            ofThis.add(opened);
            synchronized (open) {
                open.add(opened);
            }
        }
        for (Stream each : ofThis) {
            if (last && each.id == id) {
                script.asked(each);
            }
        }
    }

    private static void frame(Socket socket, int type, int flags, int stream, byte... payload) throws IOException {
        byte[] bytes = new byte[9 + payload.length];
        bytes[2] = (byte) payload.length;
        bytes[3] = (byte) type;
        bytes[4] = (byte) flags;
        System.arraycopy(word(stream), 0, bytes, 5, 4);
        System.arraycopy(payload, 0, bytes, 9, payload.length);
        OutputStream out = socket.getOutputStream();
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    private static byte[] word(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket each : sockets) {
            each.close();
        }
    }

    /**
     * One request.
     *
     * @param server where it came
     * @param socket its connection
     * @param id its number on the connection
     * @param number its number at the server, from 1
     */
    public record Stream(FrameServer server, Socket socket, int id, int number) {
        /** Sends status 200 without a body. */
        public void answer() throws IOException {
            server.ended(this);
            // The field :status 200 has the number 8 in the static table (RFC 7541, appendix A).
            frame(socket, HEADERS, END_HEADERS | END_STREAM, id, (byte) 0x88);
        }

        /** Sends the headers of a response with status 500, whose body does not come. */
        void answerByHalf() throws IOException {
            frame(socket, HEADERS, END_HEADERS, id, (byte) 0x8e);
        }

        public void reset(int code) throws IOException {
            server.ended(this);
            frame(socket, RST_STREAM, 0, id, word(code));
        }

        /** Declares the last stream that is processed, and that no further one will be. */
        public void goAway(int lastStream, int code) throws IOException {
            byte[] payload = new byte[8];
            System.arraycopy(word(lastStream), 0, payload, 0, 4);
            System.arraycopy(word(code), 0, payload, 4, 4);
            frame(socket, GOAWAY, 0, 0, payload);
        }

        public void closeConnection() throws IOException {
            socket.close();
        }
    }
}
