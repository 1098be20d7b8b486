package dev.holdfast.emulators.faults;

import dev.holdfast.emulators.faults.FaultServer.Line;
import dev.holdfast.emulators.faults.FaultServer.Talk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** What a server or the way to it may do to a request. */
enum Fault {
    CONNECT_REFUSED(null),
    /** Ended by the client's own connect timeout. */
    CONNECT_STALL(null),
    /** Ended by the attempt timeout. */
    CONNECT_STALL_LONG(null),
    CLOSE_BEFORE_HEADERS(line -> line.request().hangUp()),
    CLOSE_IN_HEADERS(line -> line.request().say("HTTP/1.1 200 OK\r\nContent-Le").hangUp()),
    CLOSE_IN_BODY_200(
            line -> line.request().head(200, "Content-Length: 100").say("{").hangUp()),
    CLOSE_IN_BODY_503(
            line -> line.request().head(503, "Content-Length: 100").say("{").hangUp()),
    /** More is announced than comes, and the connection stays: nothing but a timeout tells. */
    LENGTH_TOO_LONG_200(
            line -> line.request().head(200, "Content-Length: 9").say("good").untilGone()),
    LENGTH_TOO_LONG_503(
            line -> line.request().head(503, "Content-Length: 9").say("good").untilGone()),
    /** Less is announced than comes: the rest is the next answer's beginning, for who keeps the connection. */
    LENGTH_TOO_SHORT(line ->
            line.request().head(200, "Content-Length: 4").say("goodandmore").untilGone()),
    CHUNK_CUT_200(line -> line.request()
            .head(200, "Transfer-Encoding: chunked")
            .say("64\r\n{")
            .hangUp()),
    CHUNK_CUT_503(line -> line.request()
            .head(503, "Transfer-Encoding: chunked")
            .say("64\r\n{")
            .hangUp()),
    /** At one byte a second only the first ever comes. */
    SLOW_HEADERS(line -> line.request().say("H").strike().drip("T", 1000)),
    SLOW_BODY_200(
            line -> line.request().head(200, "Content-Length: 90").say("{").drip(" ", 1000)),
    SLOW_BODY_503(
            line -> line.request().head(503, "Content-Length: 90").say("{").drip(" ", 1000)),
    RESET(line -> line.request().reset()),
    GARBAGE(line -> line.request().say("220 mail.example ESMTP\r\n\r\n").hangUp()),
    ENDLESS_1XX(line ->
            line.request().say("HTTP/1.1 102 Processing\r\n\r\n").strike().drip("HTTP/1.1 102 Processing\r\n\r\n", 5)),
    TLS_TO_PLAIN(line -> line.anything()
            .say("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            .hangUp()),
    TLS_UNTRUSTED(line -> line.secure(Certificate.context()).answers()),
    TLS_BROKEN(line -> line.anything().hangUp()),
    GZIP_BOMB_503(line -> bomb(line.request(), 503)),
    GZIP_BOMB_200(line -> bomb(line.request(), 200)),
    /** Closed while nobody used it. */
    IDLE_CLOSED(line -> line.halfClosed().fell().untilGone()),
    /** Speaks while nobody asked. */
    IDLE_SPOKEN(line -> line.whenIdle().say("andmore\r\n").fell().request().untilGone());

    private static final byte[] BOMB = bomb();

    private final Talk talk;

    Fault(Talk talk) {
        this.talk = talk;
    }

    static Fault named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }

    Talk talk() {
        return talk;
    }

    boolean isTls() {
        return name().startsWith("TLS_");
    }

    /** Whether it ends by a timeout alone. */
    boolean needsTimeout(Client client) {
        return this == CONNECT_STALL
                || this == CONNECT_STALL_LONG
                || stallsInBodyOf(200)
                || stallsInBodyOf(503)
                // The JDK's client counts interim answers.
                || (stallsInHeaders() && (client.isOkHttp() || this != ENDLESS_1XX));
    }

    boolean stallsInHeaders() {
        return this == SLOW_HEADERS || this == ENDLESS_1XX;
    }

    boolean stallsInBodyOf(int status) {
        return name().matches("(LENGTH_TOO_LONG|SLOW_BODY)_" + status);
    }

    /** The JDK's client, bare or wrapped, does not close a connection on which something came that is no HTTP (17.0.15 and 25.0.3). */
    boolean isLeftOpenBy(Client client) {
        return (this == GARBAGE || this == ENDLESS_1XX) && !client.isOkHttp();
    }

    /** Whether it strikes a connection of the pool between two requests. */
    boolean isIdle() {
        return name().startsWith("IDLE_");
    }

    private static void bomb(Line line, int status) throws IOException {
        line.head(status, "Content-Encoding: gzip", "Content-Length: " + BOMB.length)
                .say(BOMB)
                .answers();
    }

    private static byte[] bomb() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 32; i++) {
                gzip.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
