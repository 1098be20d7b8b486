package dev.holdfast.okhttp;

import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.internal.call.SigningFailedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The last of the network interceptors: what it makes of a request goes to the wire. Counts the request, takes forbidden headers off, and
 * applies a credential to what is about to be written, and takes it off what is handed back: neither the response nor any interceptor shows it.
 */
final class Signing implements Interceptor {
    private final DoubleRetryDetector detector;
    private final ForbiddenHeaders forbidden;

    Signing(DoubleRetryDetector detector, ForbiddenHeaders forbidden) {
        this.detector = detector;
        this.forbidden = forbidden;
    }

    /** What signs, on its way from the call to here. */
    record Mark(Consumer<SigningView> sign) {
        @Override
        public String toString() {
            return "Mark";
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        detector.count(chain.call().tag(AttemptWatch.class));
        Request request = forbidden.without(chain.request());
        @Nullable Mark mark = request.tag(Mark.class);
        if (mark == null) {
            return proceed(chain, request);
        }
        SignedRequest signed = new SignedRequest(request);
        try {
            mark.sign().accept(signed);
        } catch (RuntimeException e) {
            throw new SigningFailedException(e);
        }
        return proceed(chain, signed.request()).newBuilder().request(request).build();
    }

    /** Below here there are OkHttp's own code and the caller's body alone: a status below zero makes OkHttp throw what is no IOException. */
    private static Response proceed(Chain chain, Request request) throws IOException {
        try {
            return chain.proceed(request);
        } catch (IOException e) {
            // OkHttp says the same of a connection that has ended and of headers that have not.
            throw e.getCause() instanceof EOFException && WireLimit.isOpen(chain.connection())
                    ? unreadable("the headers are longer than OkHttp reads", e)
                    : e;
        } catch (IllegalStateException | IllegalArgumentException e) {
            if (isThrownBy(request.body(), e)) {
                throw e;
            }
            throw unreadable("the answer cannot be read: " + e.getMessage(), e);
        }
    }

    private static IOException unreadable(String why, Exception cause) {
        IOException unreadable = new ProtocolException(why);
        unreadable.initCause(cause);
        return unreadable;
    }

    private static boolean isThrownBy(@Nullable RequestBody body, RuntimeException thrown) {
        String name = body == null ? "" : body.getClass().getName();
        return Stream.of(thrown.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(name));
    }
}
