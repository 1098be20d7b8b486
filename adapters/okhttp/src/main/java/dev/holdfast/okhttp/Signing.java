package dev.holdfast.okhttp;

import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.internal.call.SigningFailedException;
import java.io.IOException;
import java.util.function.Consumer;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Applies a credential to what is about to be written, and takes it off what is handed back: neither the response nor any interceptor shows it.
 */
final class Signing implements Interceptor {

    /** What signs, on its way from the call to here. */
    record Mark(Consumer<SigningView> sign) {
        @Override
        public String toString() {
            return "Mark";
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        @Nullable Mark mark = request.tag(Mark.class);
        if (mark == null) {
            return chain.proceed(request);
        }
        SignedRequest signed = new SignedRequest(request);
        try {
            mark.sign().accept(signed);
        } catch (RuntimeException e) {
            throw new SigningFailedException(e);
        }
        return chain.proceed(signed.request()).newBuilder().request(request).build();
    }
}
