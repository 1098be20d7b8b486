package dev.holdfast.jdk;

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

    private final BodyPublisher body;
    private boolean asked;
    private boolean stopped;
    private volatile @Nullable RuntimeException thrownByBody;

    private SingleSend(BodyPublisher body) {
        this.body = body;
    }

    /** Null where the client is not known well enough. */
    static @Nullable SingleSend of(HttpRequest request, HttpClient client) {
        boolean known = Runtime.version().feature() <= LAST_KNOWN_JDK && isKnown(client);
        return known ? new SingleSend(request.bodyPublisher().orElseGet(BodyPublishers::noBody)) : null;
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
     * Whether the client was about to send a second time. It was stopped then, or it never came to it, because it got no second connection.
     *
     * @param fault what the client threw, or null
     */
    synchronized boolean wasRepeated(@Nullable Throwable fault) {
        return stopped || (asked && AttemptEnd.isConnecting(fault));
    }
}
