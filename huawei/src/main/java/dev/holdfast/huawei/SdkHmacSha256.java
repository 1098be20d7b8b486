package dev.holdfast.huawei;

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
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs with an access key, as the API gateway's guide to AK/SK authentication describes it and huaweicloud-sdk-core 3.1.192 does it. Signed are host,
 * date and the {@code X-} headers, but none that a proxy writes into and none with an underscore, which gateways drop.
 */
final class SdkHmacSha256 implements RequestSigner {
    static final SdkHmacSha256 INSTANCE = new SdkHmacSha256();

    private static final String ALGORITHM = "SDK-HMAC-SHA256";
    private static final String DATE = "X-Sdk-Date";
    private static final String SECURITY_TOKEN = "X-Security-Token";
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SdkHmacSha256() {}

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
        String date = BASIC.format(now);
        request.setHeader(DATE, date);
        if (credential.sessionToken() == null) {
            request.removeHeader(SECURITY_TOKEN);
        } else {
            request.setHeader(SECURITY_TOKEN, credential.sessionToken().value());
        }
        Map<String, String> signed = signedHeaders(request);
        StringBuilder canonical = new StringBuilder(512)
                .append(request.method())
                .append('\n')
                .append(CanonicalUrl.path(request.url().getRawPath()))
                .append('\n')
                .append(CanonicalUrl.query(request.url().getRawQuery()))
                .append('\n');
        signed.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        String names = String.join(";", signed.keySet());
        canonical.append('\n').append(names).append('\n').append(payloadHash(request));
        String toSign = ALGORITHM + "\n" + date + "\n" + sha256(canonical.toString());
        request.setHeader(
                "Authorization",
                ALGORITHM + " Access=" + key + ", SignedHeaders=" + names + ", Signature="
                        + hmac(credential.secret().value(), toSign));
    }

    private static Map<String, String> signedHeaders(SigningView request) {
        Map<String, String> signed = new TreeMap<>();
        for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean ours = name.startsWith("x-")
                    && !name.startsWith("x-forwarded-")
                    && !name.equals("x-real-ip")
                    && name.indexOf('_') < 0;
            if (ours && !header.getValue().isEmpty()) {
                signed.put(name, header.getValue().get(0).strip());
            }
        }
        signed.put("host", host(request));
        return signed;
    }

    private static String host(SigningView request) {
        String shown = request.header("Host");
        if (shown != null) {
            return shown;
        }
        URI url = request.url();
        int usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        return url.getPort() < 0 || url.getPort() == usual ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    /** What the caller says it is counts, so that {@code UNSIGNED-PAYLOAD} goes with a body that can be read only once. */
    private static String payloadHash(SigningView request) {
        @Nullable String said = request.header("X-Sdk-Content-Sha256");
        return said == null ? request.bodySha256() : said;
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
