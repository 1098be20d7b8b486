package dev.holdfast.okhttp;

import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.internal.call.HeaderValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.HashingSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** OkHttp's view of a request that is being signed. */
final class SignedRequest implements SigningView {
    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final Request.Builder builder;
    private Request request;

    SignedRequest(Request request) {
        this.request = request;
        this.builder = request.newBuilder();
    }

    Request request() {
        return request;
    }

    @Override
    public String method() {
        return request.method();
    }

    /** Who asks for it signs it: from then on it is sent in the very spelling that was shown. */
    @Override
    public URI url() {
        URI shown = Urls.uri(request.url());
        if (!shown.toString().equals(request.url().toString())) {
            request = builder.url(Urls.url(shown)).build();
        }
        return shown;
    }

    @Override
    public Map<String, List<String>> headers() {
        return request.headers().toMultimap();
    }

    @Override
    public @Nullable String header(String name) {
        return request.header(name);
    }

    @Override
    public void setHeader(String name, String value) {
        HeaderValue.check(name, value);
        request = builder.header(name, value).build();
    }

    @Override
    public void removeHeader(String name) {
        request = builder.removeHeader(name).build();
    }

    @Override
    public String bodySha256() {
        RequestBody body = request.body();
        if (body == null) {
            return NOTHING;
        }
        if (body.isOneShot() || body.isDuplex()) {
            throw new IllegalStateException(
                    "the body can be read only once, so that it cannot be hashed and then sent");
        }
        HashingSink hash = HashingSink.sha256(Okio.blackhole());
        try (BufferedSink sink = Okio.buffer(hash)) {
            body.writeTo(sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hash.hash().hex();
    }

    @Override
    public String toString() {
        return method() + " " + request.url().encodedPath();
    }
}
