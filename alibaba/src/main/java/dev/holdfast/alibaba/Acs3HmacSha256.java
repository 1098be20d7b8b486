package dev.holdfast.alibaba;

import dev.holdfast.core.credential.AccessKeySignature;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.SigningView;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Signs with an access key in version 3 of the vendor's request signature (help.aliyun.com, "Request syntax and signature method V3"; openapiutil 0.2.2 does
 * the same). Action and version stand in {@code x-acs-} headers that the caller has set; a {@code ClientToken} of the query stays as it is, while nonce
 * and date are new for every attempt.
 */
final class Acs3HmacSha256 implements RequestSigner {
    static final Acs3HmacSha256 INSTANCE =
            new Acs3HmacSha256(() -> UUID.randomUUID().toString());

    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
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
        String payload = request.bodySha256();
        request.setHeader("x-acs-date", SECONDS.format(now));
        request.setHeader("x-acs-signature-nonce", nonces.get());
        request.setHeader("x-acs-content-sha256", payload);
        AccessKeySignature signature = AccessKeySignature.of(request, credential, "x-acs-security-token");
        String hash = signature.canonicalRequest(
                path(request.url()),
                AccessKeySignature.queryByName(request.url().getRawQuery()),
                name -> name.startsWith("x-acs-") || name.equals("content-type"),
                payload);
        request.setHeader(
                "Authorization",
                ALGORITHM + " Credential=" + signature.keyId() + ",SignedHeaders=" + signature.signedHeaders()
                        + ",Signature=" + signature.hmac(ALGORITHM + "\n" + hash));
    }

    private static String path(URI url) {
        String path = url.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
