package dev.holdfast.emulators;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.SigningView;
import dev.holdfast.emulators.internal.Digests;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request that is signed and may then be tampered with, which no adapter would allow. */
public final class SignedCall implements SigningView {
    private final String method;
    private final URI url;
    private final String body;
    private final TreeMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    public SignedCall(String method, URI url, String body) {
        this.method = method;
        this.url = url;
        this.body = body;
    }

    public SignedCall with(String name, String value) {
        setHeader(name, value);
        return this;
    }

    public SignedCall signed(RequestSigner signer, Credential credential, Instant now) {
        signer.sign(this, credential, now);
        return this;
    }

    public HttpRequest.Builder request() {
        return request(url, body);
    }

    /** The same headers for something else. */
    public HttpRequest.Builder request(URI otherUrl, String otherBody) {
        HttpRequest.Builder request = HttpRequest.newBuilder(otherUrl)
                .timeout(Duration.ofSeconds(15))
                .method(method, otherBody.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(otherBody));
        headers.forEach((name, values) -> request.header(name, values.get(0)));
        return request;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public Map<String, List<String>> headers() {
        return new LinkedHashMap<>(headers);
    }

    @Override
    public String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    @Override
    public void setHeader(String name, String value) {
        headers.put(name, List.of(value));
    }

    @Override
    public void removeHeader(String name) {
        headers.remove(name);
    }

    @Override
    public String bodySha256() {
        return Digests.sha256(body);
    }
}
