package dev.holdfast.core.internal.call;

import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.outcome.RequestDraft;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The request of one attempt, as the caller's hook and the credential changed it. */
public final class FakeRequest implements RequestDraft, SigningView {
    private final String method;
    private final Duration timeout;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private URI url;

    FakeRequest(String method, String path, Duration timeout) {
        this.method = method;
        this.url = URI.create("http://" + CallBench.AUTHORITY + path);
        this.timeout = timeout;
    }

    /** How long the attempt may take. */
    public Duration timeout() {
        return timeout;
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
    public void url(URI changed) {
        url = changed;
    }

    @Override
    public Map<String, List<String>> headers() {
        return headers.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue())));
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public void setHeader(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public void removeHeader(String name) {
        headers.remove(name);
    }

    @Override
    public void body(String text, String contentType) {
        headers.put("Content-Type", contentType);
    }

    @Override
    public String bodySha256() {
        throw new IllegalStateException("the fake request has no body");
    }
}
