package dev.holdfast.jdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a body that will be read again, for its SHA-256. */
final class BodyHash implements Flow.Subscriber<ByteBuffer> {
    private final MessageDigest digest = sha256();
    private final CompletableFuture<String> hash = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean givenUp;

    static String of(@Nullable BodyPublisher body) {
        if (body == null) {
            return HexFormat.of().formatHex(sha256().digest());
        }
        if (body.contentLength() < 0) {
            throw new IllegalStateException(
                    "the body can be read only once, so that it cannot be hashed and then sent");
        }
        BodyHash reader = new BodyHash();
        body.subscribe(reader);
        if (!reader.hash.isDone()) {
            // A publisher that emits later may never do so, and this thread is the caller's or the client's.
            reader.giveUp();
            throw new IllegalStateException(
                    "the body was not all there when it was asked for, so that it cannot be hashed before it is sent");
        }
        try {
            return reader.hash.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the body could not be read to be hashed", e.getCause());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        if (givenUp) {
            opened.cancel();
        } else {
            opened.request(Long.MAX_VALUE);
        }
    }

    /** Whoever subscribes late sees that it is given up, or is seen here. */
    private void giveUp() {
        givenUp = true;
        Flow.Subscription opened = subscription;
        if (opened != null) {
            opened.cancel();
        }
    }

    @Override
    public void onNext(ByteBuffer part) {
        digest.update(part.duplicate());
    }

    @Override
    public void onError(Throwable thrown) {
        hash.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        hash.complete(HexFormat.of().formatHex(digest.digest()));
    }
}
