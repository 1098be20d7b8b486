package dev.holdfast.testkit.signing;

import dev.holdfast.core.credential.SigningView;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The request of an attempt without an HTTP client, for a signer to sign. Not safe for several threads. */
public final class AttemptView implements SigningView {
    private final String method;
    private final URI url;
    private final String body;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * Creates a request that is not signed yet.
     *
     * @param method the HTTP method
     * @param url the whole URL
     * @param headers the headers by their names
     * @param body the body; empty where there is none
     */
    public AttemptView(String method, URI url, Map<String, String> headers, String body) {
        this.method = method;
        this.url = url;
        this.body = body;
        headers.forEach((name, value) -> this.headers.put(name, List.of(value)));
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
    public @Nullable String header(String name) {
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
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
