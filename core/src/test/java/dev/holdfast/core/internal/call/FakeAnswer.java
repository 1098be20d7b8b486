package dev.holdfast.core.internal.call;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What the fake transport does with one attempt: gives a response or throws, at once or when the test says so. */
public final class FakeAnswer {
    private static final String SENTENCE = "{\"error\":\"some sentence\"}";

    private final int status;
    private final String body;
    private final String[] headers;
    private final @Nullable Exception fault;
    private final @Nullable CountDownLatch held;
    private final boolean deaf;

    private FakeAnswer(
            int status,
            String body,
            String[] headers,
            @Nullable Exception fault,
            @Nullable CountDownLatch held,
            boolean deaf) {
        this.status = status;
        this.body = body;
        this.headers = headers;
        this.fault = fault;
        this.held = held;
        this.deaf = deaf;
    }

    /** A response; its headers are names and values in turn. */
    public static FakeAnswer status(int status, String... headers) {
        return new FakeAnswer(status, SENTENCE, headers, null, null, false);
    }

    public static FakeAnswer ok() {
        return status(200);
    }

    /** No response: the client throws. */
    public static FakeAnswer fault(Exception thrown) {
        return new FakeAnswer(0, "", new String[0], thrown, null, false);
    }

    /** The same, when the test releases it; a cancel ends it before. */
    public FakeAnswer held() {
        return new FakeAnswer(status, body, headers, fault, new CountDownLatch(1), false);
    }

    /** The same, when the test releases it; a cancel does not keep it from coming. */
    public FakeAnswer heldWhateverHappens() {
        return new FakeAnswer(status, body, headers, fault, new CountDownLatch(1), true);
    }

    public void release() {
        if (held != null) {
            held.countDown();
        }
    }

    void canceled() {
        if (!deaf) {
            release();
        }
    }

    boolean ignoresCancel() {
        return deaf;
    }

    void await() throws InterruptedException {
        if (held != null) {
            held.await();
        }
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }

    String[] headers() {
        return headers;
    }

    @Nullable
    Exception fault() {
        return fault;
    }
}
