package dev.holdfast.okhttp;

import dev.holdfast.core.outcome.HostRefusedException;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** The last of the application interceptors: whatever the caller's have made of a request, it goes to the service or nowhere. */
record HostGuard(HoldfastCallFactory factory) implements Interceptor {

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (!factory.allows(request.url())) {
            throw refused(request);
        }
        return RetryAfterShield.restored(proceed(chain, request));
    }

    private static Response proceed(Chain chain, Request request) throws IOException {
        AttemptWatch watch = chain.call().tag(AttemptWatch.class);
        if (watch == null) {
            return chain.proceed(request);
        }
        watch.reachedClient();
        return watch.leavesPool() ? ConnectionCheck.proceedFresh(chain, watch.leavesHttp2()) : chain.proceed(request);
    }

    HostRefusedException refused(Request request) {
        return factory.refused(request.url());
    }
}
