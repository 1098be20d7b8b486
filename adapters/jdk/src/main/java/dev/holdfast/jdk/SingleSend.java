package dev.holdfast.jdk;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JDK's client from sending a request twice. It repeats a GET or HEAD whose connection ended before the answer, and cannot be
 * told not to; but it asks for the length of the body each time it is about to write a request, and once only. A second time there is none.
 */
final class SingleSend implements BodyPublisher {
    /** A publisher's contract allows a client to ask more often, so this holds for what has been looked at, and no further. */
    private static final int LAST_KNOWN_JDK = 25;

    private static final String KNOWN_CLIENT = "jdk.internal.net.http.HttpClientFacade";

    /** Has the client repeat any method whose connection ended. */
    private static final boolean ALL_METHODS = System.getProperty("jdk.httpclient.enableAllMethodRetry") != null;

    private final BodyPublisher body;

    /** The client repeats this method only where the peer declared over HTTP/2 that it did not process the request (JDK 25.0.3, 2026-11). */
    private final boolean unprocessedAlone;

    private boolean asked;
    private boolean stopped;
    private volatile @Nullable RuntimeException thrownByBody;

    private SingleSend(HttpRequest request) {
        this.body = request.bodyPublisher().orElseGet(BodyPublishers::noBody);
        this.unprocessedAlone = !ALL_METHODS
                && !request.method().equals("GET")
                && !request.method().equals("HEAD");
    }

    /** Null where the client is not known well enough. */
    static @Nullable SingleSend of(HttpRequest request, HttpClient client) {
        boolean known = Runtime.version().feature() <= LAST_KNOWN_JDK && isKnown(client);
        return known ? new SingleSend(request) : null;
    }

    /** Whether a client is the JDK's own. */
    static boolean isKnown(HttpClient client) {
        return client.getClass().getName().equals(KNOWN_CLIENT);
    }

    @Override
    public synchronized long contentLength() {
        if (asked) {
            stopped = true;
            throw new IllegalStateException("the request has been sent already");
        }
        asked = true;
        try {
            return body.contentLength();
        } catch (RuntimeException e) {
            thrownByBody = e;
            throw e;
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        try {
            body.subscribe(subscriber);
        } catch (RuntimeException e) {
            thrownByBody = e;
            throw e;
        }
    }

    /** Whether a fault is the caller's own publisher's, and no answer's. */
    boolean isThrownByBody(Throwable fault) {
        RuntimeException thrown = thrownByBody;
        return thrown != null && (fault == thrown || fault.getCause() == thrown);
    }

    /**
     * What a second sending says about the first one, or null where the client did not come to a second. It was stopped then, or the client
     * got no connection for it.
     *
     * @param fault what the client threw, or null
     */
    synchronized @Nullable IOException repetition(@Nullable Throwable fault) {
        if (stopped && unprocessedAlone) {
            // In the words that the client has for it where it does not repeat.
            return new IOException("request not processed by peer", fault);
        }
        return stopped || (asked && AttemptEnd.isConnecting(fault))
                ? new IOException("The connection was lost before an answer came", fault)
                : null;
    }
}
