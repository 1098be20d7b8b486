package dev.holdfast.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of a few bytes on a real socket: it counts what comes on the wire, which no HTTP server would show. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Script script;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore ends = new Semaphore(0);
    final CountDownLatch firstRequest = new CountDownLatch(1);

    /** What to do with a request; the connection is kept if it returns normally. */
    interface Script {
        void answer(Exchange exchange) throws Exception;
    }

    /** One request; numbers count from 1. */
    record Exchange(int connection, int number, String request, Socket socket, ServerSocket listening) {
        void send(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        void answer(int status, String body, String... headerLines) throws IOException {
            StringBuilder text =
                    new StringBuilder("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n");
            for (String line : headerLines) {
                text.append(line).append("\r\n");
            }
            send(text.append("\r\n").append(body).toString());
        }

        void close() throws IOException {
            socket.close();
        }

        /** From now on no connection is accepted. */
        void refuseOthers() throws IOException {
            listening.close();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    RawServer(Script script) {
        this.script = script;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        daemon(this::accept);
    }

    /** Answers 503 so often, then 200. */
    static RawServer failing(int times, String errorBody) {
        return new RawServer(exchange -> {
            if (exchange.number() <= times) {
                exchange.answer(503, errorBody);
            } else {
                exchange.answer(200, "ok");
            }
        });
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                daemon(() -> serve(number, socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(int connection, Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            String request;
            while ((request = read(in)) != null) {
                requests.add(request);
                Exchange exchange = new Exchange(connection, requests.size(), request, socket, listening);
                firstRequest.countDown();
                script.answer(exchange);
            }
        } catch (Exception e) {
            // Closed by the script, by the client or by the end of the test.
        } finally {
            ends.release();
        }
    }

    private static String read(InputStream in) throws IOException {
        String head = until(in, "\r\n\r\n");
        if (head == null) {
            return null;
        }
        String lower = head.toLowerCase(Locale.ROOT);
        if (lower.contains("transfer-encoding: chunked")) {
            return head + until(in, "0\r\n\r\n");
        }
        int at = lower.indexOf("content-length:");
        int length = at < 0
                ? 0
                : Integer.parseInt(
                        lower.substring(at + 15, lower.indexOf("\r\n", at)).strip());
        return head + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private static String until(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        int next;
        while ((next = in.read()) >= 0) {
            text.append((char) next);
            if (text.length() >= end.length()
                    && text.substring(text.length() - end.length()).equals(end)) {
                return text.toString();
            }
        }
        return null;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + path);
    }

    int port() {
        return listening.getLocalPort();
    }

    List<String> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    /** Waits until so many connections have come to their end. The test's own limit ends the wait where they do not. */
    void awaitEnds(int count) throws InterruptedException {
        ends.acquire(count);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
