package dev.holdfast.jdk;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The body of one attempt's answer. Either it goes to the caller's subscriber at once, or it is held: the client is told that all is done,
 * the answer is judged by its beginning, and only one that is handed out gets a subscriber of the caller's.
 */
final class AttemptBody<T> implements BodySubscriber<AttemptBody<T>> {
    private final BodyHandler<T> handler;
    private final ResponseInfo info;
    private final boolean held;
    private final BodyRelay relay = new BodyRelay(this::spoil);
    private final CompletableFuture<T> value = new CompletableFuture<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile @Nullable BodySubscriber<T> subscriber;

    private AttemptBody(BodyHandler<T> handler, ResponseInfo info, boolean held) {
        this.handler = handler;
        this.info = info;
        this.held = held;
    }

    static <T> AttemptBody<T> passed(BodyHandler<T> handler, ResponseInfo info) {
        AttemptBody<T> body = new AttemptBody<>(handler, info, false);
        body.open();
        return body;
    }

    static <T> AttemptBody<T> held(BodyHandler<T> handler, ResponseInfo info) {
        return new AttemptBody<>(handler, info, true);
    }

    ResponseInfo info() {
        return info;
    }

    boolean isHeld() {
        return held;
    }

    /** Done when a held body can be judged. */
    CompletionStage<ResponseView> answer() {
        return relay.held()
                .thenApply(ready -> ResponseView.owning(
                        info.statusCode(), HeaderFields.of(info.headers().map()), relay.beginning(), relay.isWhole()));
    }

    /**
     * What the caller's subscriber makes of the body; asks for it first where it was held. May block where that subscriber does, so it must
     * not be called by the client's own threads.
     */
    CompletableFuture<T> deliver() {
        if (held && asked.compareAndSet(false, true)) {
            open();
            return fetch();
        }
        return value;
    }

    /** What broke the body off, or null. */
    @Nullable
    Throwable broken() {
        return relay.fault();
    }

    /** Done as soon as nobody waits for this body any more. */
    CompletableFuture<T> value() {
        return value;
    }

    /** Ends the body here and well: no more comes. */
    void leaveEmpty() {
        relay.onComplete();
    }

    /** Ends the body here, for whoever gets it; one that has not been judged yet is judged by what came. */
    void breakOff(Throwable why) {
        relay.breakOff(why);
        if (subscriber != null) {
            // A subscriber that does not hear must not keep its caller waiting.
            value.completeExceptionally(why);
        }
    }

    /** Nobody gets it: gives the connection back or, where more is to come, up. Harmless after the end. */
    void abandon(Throwable why) {
        relay.breakOff(why);
        value.completeExceptionally(why);
    }

    private void open() {
        try {
            BodySubscriber<T> made =
                    Objects.requireNonNull(handler.apply(info), "the body handler must not return null");
            subscriber = made;
            relay.passTo(made);
        } catch (Throwable thrown) {
            spoil(thrown);
        }
    }

    private CompletableFuture<T> fetch() {
        BodySubscriber<T> made = subscriber;
        if (made != null) {
            try {
                var unused = made.getBody().whenComplete((result, thrown) -> {
                    if (thrown == null) {
                        value.complete(result);
                    } else {
                        value.completeExceptionally(thrown instanceof CompletionException e ? cause(e) : thrown);
                    }
                });
            } catch (Throwable thrown) {
                spoil(thrown);
            }
        }
        return value;
    }

    private static Throwable cause(CompletionException e) {
        return e.getCause() == null ? e : e.getCause();
    }

    /** The caller's own code threw. That is no fault of the server's answer, so it ends the body and not the attempt. */
    private void spoil(Throwable thrown) {
        value.completeExceptionally(thrown);
        relay.cancel();
        BodySubscriber<T> made = subscriber;
        if (made != null) {
            try {
                made.onError(thrown);
            } catch (RuntimeException | Error again) {
                thrown.addSuppressed(again);
            }
        }
    }

    @Override
    public CompletionStage<AttemptBody<T>> getBody() {
        if (held) {
            return CompletableFuture.completedFuture(this);
        }
        return fetch().handle((result, thrown) -> {
            Throwable broken = relay.fault();
            if (thrown != null && broken != null) {
                throw new CompletionException(broken);
            }
            return this;
        });
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        relay.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        relay.onNext(item);
    }

    @Override
    public void onError(Throwable throwable) {
        relay.onError(throwable);
    }

    @Override
    public void onComplete() {
        relay.onComplete();
    }
}
