package dev.holdfast.core.jdk;

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
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
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
