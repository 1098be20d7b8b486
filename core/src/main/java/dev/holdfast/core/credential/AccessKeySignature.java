package dev.holdfast.core.credential;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The signature of one request by an access key, in the scheme that several clouds share: a canonical request in SHA-256, signed by HMAC-SHA256. A
 * {@link RequestSigner} sets the vendor's own headers first, then makes the canonical request, then writes the vendor's {@code Authorization}. Used by one
 * thread, within one {@link RequestSigner#sign}.
 *
 * <pre>{@code
 * AccessKeySignature signature = AccessKeySignature.of(request, credential, "x-acs-security-token");
 * String hash = signature.canonicalRequest("/", AccessKeySignature.queryByName(rawQuery), name -> name.startsWith("x-acs-"), payloadHash);
 * String value = signature.hmac("ACS3-HMAC-SHA256\n" + hash);
 * }</pre>
 */
public final class AccessKeySignature {
    private final SigningView request;
    private final String keyId;
    private final Secret secret;
    private String signedHeaders = "";

    private AccessKeySignature(SigningView request, String keyId, Secret secret) {
        this.request = request;
        this.keyId = keyId;
        this.secret = secret;
    }

    /**
     * Begins a signature. The session token of a temporary key is set as a header; a key without one takes the header off.
     *
     * @param request the attempt's request
     * @param credential the access key
     * @param sessionTokenHeader the name of the header for the session token
     * @return the signature
     * @throws IllegalArgumentException if the credential is a token
     */
    public static AccessKeySignature of(SigningView request, Credential credential, String sessionTokenHeader) {
        String keyId = credential.id();
        if (keyId == null) {
            throw new IllegalArgumentException("an access key signs, but the credential is a token");
        }
        Secret token = credential.sessionToken();
        if (token == null) {
            request.removeHeader(sessionTokenHeader);
        } else {
            request.setHeader(sessionTokenHeader, token.value());
        }
        return new AccessKeySignature(request, keyId, credential.secret());
    }

    /**
     * Makes the canonical request: method, path, query, the signed headers with their names, and the hash of the payload, a line each.
     *
     * @param path the path in the vendor's canonical spelling
     * @param query the query in the vendor's canonical spelling, see {@link #queryByName} and {@link #queryByEncodedName}
     * @param chosen which headers to sign, by their name in lower case; {@code host} is always signed
     * @param payloadHash the payload's hash, or what the vendor takes in its place
     * @return the SHA-256 of the canonical request, in 64 lower-case hexadecimal digits
     */
    public String canonicalRequest(String path, String query, Predicate<String> chosen, String payloadHash) {
        Map<String, String> headers = new TreeMap<>();
        for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (chosen.test(name) && !header.getValue().isEmpty()) {
                headers.put(name, header.getValue().get(0).strip());
            }
        }
        headers.put("host", host());
        signedHeaders = String.join(";", headers.keySet());
        StringBuilder canonical = new StringBuilder(512)
                .append(request.method())
                .append('\n')
                .append(path)
                .append('\n')
                .append(query)
                .append('\n');
        headers.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(signedHeaders).append('\n').append(payloadHash);
        return sha256(canonical.toString());
    }

    /** The port is part of it only where it is not the scheme's usual one, as HTTP clients write the header. */
    private String host() {
        String shown = request.header("Host");
        if (shown != null) {
            return shown;
        }
        URI url = request.url();
        int usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        return url.getPort() < 0 || url.getPort() == usual ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    /**
     * Returns the id of the access key.
     *
     * @return the id, which is no secret
     */
    public String keyId() {
        return keyId;
    }

    /**
     * Returns the names of the signed headers.
     *
     * @return names in lower case, sorted, with semicolons between; empty before {@link #canonicalRequest}
     */
    public String signedHeaders() {
        return signedHeaders;
    }

    /**
     * Signs a text with the access key's secret.
     *
     * @param text the vendor's string to sign
     * @return its HMAC-SHA256, in 64 lower-case hexadecimal digits
     */
    public String hmac(String text) {
        Objects.requireNonNull(text, "text must not be null");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Spells a query in the one way that both sides sign, sorted by its names as they read. Values of one name keep their order.
     *
     * @param raw the query as sent, or null for none
     * @return the query, encoded as RFC 3986 says; a plus sign counts as a blank
     */
    public static String queryByName(@Nullable String raw) {
        return CanonicalText.query(raw, false);
    }

    /**
     * Spells a query in the one way that both sides sign, sorted by its names as they are encoded. Values of one name keep their order.
     *
     * @param raw the query as sent, or null for none
     * @return the query, encoded as RFC 3986 says; a plus sign counts as a blank
     */
    public static String queryByEncodedName(@Nullable String raw) {
        return CanonicalText.query(raw, true);
    }

    /**
     * Spells a segment of a path in the one way that both sides sign. A slash that was encoded stays encoded.
     *
     * @param raw the segment as sent
     * @return the segment, encoded as RFC 3986 says
     */
    public static String pathSegment(String raw) {
        return CanonicalText.segment(raw);
    }

    /** Shows the key's id and no secret. */
    @Override
    public String toString() {
        return "AccessKeySignature[" + keyId + "]";
    }
}
