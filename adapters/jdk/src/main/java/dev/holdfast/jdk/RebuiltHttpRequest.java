package dev.holdfast.jdk;

import dev.holdfast.core.internal.call.HeaderValue;
import dev.holdfast.core.outcome.RequestDraft;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/** The JDK client's view of a request that the caller's hook rebuilds. */
final class RebuiltHttpRequest implements RequestDraft {
    private HttpRequest request;

    RebuiltHttpRequest(HttpRequest request) {
        this.request = request;
    }

    HttpRequest request() {
        return request;
    }

    private HttpRequest.Builder copy() {
        return HttpRequest.newBuilder(request, (name, value) -> true);
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public URI url() {
        return request.uri();
    }

    @Override
    public void url(URI url) {
        HttpRequest.Builder copy = copy();
        try {
            copy.uri(url);
        } catch (IllegalArgumentException e) {
            // The JDK shows the whole of it, signatures and all.
            throw new IllegalArgumentException("the URL must be one of http or https with a host");
        }
        request = copy.build();
    }

    @Override
    public @Nullable String header(String name) {
        return request.headers().firstValue(name).orElse(null);
    }

    @Override
    public void setHeader(String name, String value) {
        HeaderValue.check(name, value);
        request = copy().setHeader(name, value).build();
    }

    @Override
    public void body(String text, String contentType) {
        HeaderValue.check("Content-Type", contentType);
        request = copy().setHeader("Content-Type", contentType)
                .method(request.method(), BodyPublishers.ofString(text))
                .build();
    }

    @Override
    public String toString() {
        return method() + " " + url().getRawPath();
    }
}
