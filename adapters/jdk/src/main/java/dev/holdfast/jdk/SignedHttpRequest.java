package dev.holdfast.jdk;

import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.internal.call.HeaderValue;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JDK client's view of a request that is being signed; what it sends besides (Host, Content-Length, User-Agent) it does not show. */
final class SignedHttpRequest implements SigningView {
    private final HttpRequest request;
    private final HttpRequest.Builder signed;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    SignedHttpRequest(HttpRequest request, HttpRequest.Builder signed) {
        this.request = request;
        this.signed = signed;
        this.headers.putAll(request.headers().map());
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
    public Map<String, List<String>> headers() {
        return new LinkedHashMap<>(headers);
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    @Override
    public void setHeader(String name, String value) {
        HeaderValue.check(name, value);
        headers.put(name, List.of(value));
        signed.setHeader(name, value);
    }

    /** The JDK's builder cannot take a header off, so what is sent is what was there before. */
    @Override
    public void removeHeader(String name) {
        if (headers.containsKey(name)) {
            throw new IllegalStateException("java.net.http cannot take " + name + " off a request; leave it out");
        }
    }

    @Override
    public String bodySha256() {
        BodyPublisher body = request.bodyPublisher().orElse(null);
        return BodyHash.of(body);
    }

    @Override
    public String toString() {
        return method() + " " + url().getRawPath();
    }
}
