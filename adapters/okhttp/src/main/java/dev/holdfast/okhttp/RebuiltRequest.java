package dev.holdfast.okhttp;

import dev.holdfast.core.internal.call.HeaderValue;
import dev.holdfast.core.outcome.RequestDraft;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

    /** Who asks for it may sign it: from then on it is sent in the very spelling that was shown. */
    @Override
    public URI url() {
        URI shown = Urls.uri(request.url());
        if (!shown.toString().equals(request.url().toString())) {
            url(shown);
        }
        return shown;
    }

    @Override
    public void url(URI url) {
        request = request.newBuilder().url(Urls.url(url)).build();
    }

    @Override
    public @Nullable String header(String name) {
        return request.header(name);
    }

    @Override
    public void setHeader(String name, String value) {
        HeaderValue.check(name, value);
        request = request.newBuilder().header(name, value).build();
    }

    @Override
    public void body(String text, String contentType) {
        MediaType type = MediaType.parse(contentType);
        if (type == null) {
            // OkHttp would say so too, and show it: a body in its place, where the two arguments are swapped.
            throw new IllegalArgumentException("contentType must be a media type, such as application/json");
        }
        RequestBody body = RequestBody.create(text.getBytes(StandardCharsets.UTF_8), type);
        request = request.newBuilder().method(request.method(), body).build();
    }

    @Override
    public String toString() {
        return method() + " " + request.url().encodedPath();
    }
}
