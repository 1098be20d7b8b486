package dev.holdfast.okhttp;

import dev.holdfast.core.RequestDraft;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** OkHttp's view of a request that the caller's hook rebuilds. */
final class RebuiltRequest implements RequestDraft {
    private Request request;

    RebuiltRequest(Request request) {
        this.request = request;
    }

    Request request() {
        return request;
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public URI url() {
        return URI.create(request.url().toString());
    }

    @Override
    public void url(URI url) {
        request = request.newBuilder().url(HttpUrl.get(url.toString())).build();
    }

    @Override
    public @Nullable String header(String name) {
        return request.header(name);
    }

    @Override
    public void setHeader(String name, String value) {
        request = request.newBuilder().header(name, value).build();
    }

    @Override
    public void body(String text, String contentType) {
        RequestBody body = RequestBody.create(text.getBytes(StandardCharsets.UTF_8), MediaType.get(contentType));
        request = request.newBuilder().method(request.method(), body).build();
    }

    @Override
    public String toString() {
        return method() + " " + request.url().encodedPath();
    }
}
