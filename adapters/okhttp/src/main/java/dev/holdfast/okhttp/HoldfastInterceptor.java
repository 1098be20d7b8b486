package dev.holdfast.okhttp;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;

/** Hands requests to the services' own calls and lets all others pass. */
record HoldfastInterceptor(RoutingCallFactory factories) implements Interceptor {

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (!factories.knows(request.url())) {
            return chain.proceed(request);
        }
        Call inner = factories.newCall(request);
        bound(inner.timeout(), chain.call().timeout());
        // A wait inside an interceptor hears of a cancel, or of a timeout that cancels, only in this way.
        chain.call().addEventListener(new EventListener() {
            @Override
            public void canceled(Call outer) {
                inner.cancel();
            }
        });
        if (chain.call().isCanceled()) {
            inner.cancel();
        }
        return inner.execute();
    }

    /** One deadline: no wait begins that the caller's timeout would cut. */
    private static void bound(Timeout inner, Timeout outer) {
        inner.timeout(outer.timeoutNanos(), TimeUnit.NANOSECONDS);
        if (outer.hasDeadline()) {
            inner.deadlineNanoTime(outer.deadlineNanoTime());
        }
    }
}
