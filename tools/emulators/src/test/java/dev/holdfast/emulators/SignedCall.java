package dev.holdfast.emulators;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.testkit.signing.AttemptView;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A request that is signed and may then be tampered with, which no adapter would allow. */
public final class SignedCall {
    private final AttemptView attempt;
    private final String body;

    public SignedCall(String method, URI url, String body) {
        this.attempt = new AttemptView(method, url, Map.of(), body);
        this.body = body;
    }

    public SignedCall with(String name, String value) {
        attempt.setHeader(name, value);
        return this;
    }

    public SignedCall signed(RequestSigner signer, Credential credential, Instant now) {
        signer.sign(attempt, credential, now);
        return this;
    }

    public String header(String name) {
        return attempt.header(name);
    }

    public HttpRequest.Builder request() {
        return request(attempt.url(), body);
    }

    /** The same headers for something else. */
    public HttpRequest.Builder request(URI otherUrl, String otherBody) {
        HttpRequest.Builder request = HttpRequest.newBuilder(otherUrl)
                .timeout(Duration.ofSeconds(15))
                .method(
                        attempt.method(),
                        otherBody.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(otherBody));
        attempt.headers().forEach((name, values) -> request.header(name, values.get(0)));
        return request;
    }
}
