package dev.holdfast.alibaba;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.SigningView;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs with an access key in version 3 of the vendor's request signature (help.aliyun.com, "Request syntax and signature method V3"; openapiutil 0.2.2 does
 * the same). Action and version stand in {@code x-acs-} headers that the caller has set; a {@code ClientToken} of the query stays as it is, while nonce
 * and date are new for every attempt.
 */
final class Acs3HmacSha256 implements RequestSigner {
    static final Acs3HmacSha256 INSTANCE =
            new Acs3HmacSha256(() -> UUID.randomUUID().toString());

    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final String SECURITY_TOKEN = "x-acs-security-token";
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Supplier<String> nonces;

    Acs3HmacSha256(Supplier<String> nonces) {
        this.nonces = nonces;
    }

    @Override
    public boolean isDated() {
        return true;
    }

    @Override
    public void sign(SigningView request, Credential credential, Instant now) {
        String key = credential.id();
        if (key == null) {
            throw new IllegalArgumentException("an access key signs, but the credential is a token");
        }
        String payload = request.bodySha256();
        request.setHeader("x-acs-date", SECONDS.format(now));
        request.setHeader("x-acs-signature-nonce", nonces.get());
        request.setHeader("x-acs-content-sha256", payload);
        if (credential.sessionToken() == null) {
            request.removeHeader(SECURITY_TOKEN);
        } else {
            request.setHeader(SECURITY_TOKEN, credential.sessionToken().value());
        }
        Map<String, String> signed = signedHeaders(request);
        String names = String.join(";", signed.keySet());
        StringBuilder canonical = new StringBuilder(512)
                .append(request.method())
                .append('\n')
                .append(path(request.url()))
                .append('\n')
                .append(CanonicalQuery.of(request.url().getRawQuery()))
                .append('\n');
        signed.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(names).append('\n').append(payload);
        String toSign = ALGORITHM + "\n" + sha256(canonical.toString());
        request.setHeader(
                "Authorization",
                ALGORITHM + " Credential=" + key + ",SignedHeaders=" + names + ",Signature="
                        + hmac(credential.secret().value(), toSign));
    }

    private static String path(URI url) {
        String path = url.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static Map<String, String> signedHeaders(SigningView request) {
        Map<String, String> signed = new TreeMap<>();
        for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if ((name.startsWith("x-acs-") || name.equals("content-type"))
                    && !header.getValue().isEmpty()) {
                signed.put(name, header.getValue().get(0).strip());
            }
        }
        signed.put("host", host(request));
        return signed;
    }

    private static String host(SigningView request) {
        @Nullable String shown = request.header("Host");
        if (shown != null) {
            return shown;
        }
        URI url = request.url();
        int usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        return url.getPort() < 0 || url.getPort() == usual ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
