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
        return ProxyStatusShield.restored(RetryAfterShield.restored(proceed(chain, request)));
    }

    private Response proceed(Chain chain, Request request) throws IOException {
        Chain sending = factory.maySpeakHttp2(request) ? ReadTimeout.below(chain) : chain;
        AttemptWatch watch = chain.call().tag(AttemptWatch.class);
        if (watch == null) {
            return sending.proceed(request);
        }
        watch.reachedClient();
        return watch.leavesPool() || watch.keepsShort()
                ? ConnectionCheck.proceedFresh(sending, watch.leavesPool() && watch.leavesHttp2())
                : sending.proceed(request);
    }

    HostRefusedException refused(Request request) {
        return factory.refused(request.url());
    }
}
