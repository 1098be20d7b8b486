package dev.holdfast.okhttp;

import java.io.IOException;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** Takes off what a service must never be sent, whoever put it on: metadata services refuse X-Forwarded-For. */
record ForbiddenHeaders(Set<String> names) implements Interceptor {

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Request.Builder changed = null;
        for (String name : names) {
            if (request.header(name) != null) {
                changed = changed == null ? request.newBuilder() : changed;
                changed.removeHeader(name);
            }
        }
        return chain.proceed(changed == null ? request : changed.build());
    }
}
