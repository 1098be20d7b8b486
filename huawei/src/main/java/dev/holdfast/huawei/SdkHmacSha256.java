package dev.holdfast.huawei;

import dev.holdfast.core.credential.AccessKeySignature;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.SigningView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Signs with an access key, as the API gateway's guide to AK/SK authentication describes it and huaweicloud-sdk-core 3.1.192 does it. Signed are host,
 * date and the {@code X-} headers, but none that a proxy writes into and none with an underscore, which gateways drop.
 */
final class SdkHmacSha256 implements RequestSigner {
    static final SdkHmacSha256 INSTANCE = new SdkHmacSha256();

    private static final String ALGORITHM = "SDK-HMAC-SHA256";
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SdkHmacSha256() {}

    @Override
    public boolean isDated() {
        return true;
    }

    @Override
    public void sign(SigningView request, Credential credential, Instant now) {
        String date = BASIC.format(now);
        request.setHeader("X-Sdk-Date", date);
        AccessKeySignature signature = AccessKeySignature.of(request, credential, "X-Security-Token");
        String hash = signature.canonicalRequest(
                path(request.url().getRawPath()),
                AccessKeySignature.queryByEncodedName(request.url().getRawQuery()),
                SdkHmacSha256::isSigned,
                payloadHash(request));
        request.setHeader(
                "Authorization",
                ALGORITHM + " Access=" + signature.keyId() + ", SignedHeaders=" + signature.signedHeaders()
                        + ", Signature=" + signature.hmac(ALGORITHM + "\n" + date + "\n" + hash));
    }

    private static boolean isSigned(String header) {
        return header.startsWith("x-")
                && !header.startsWith("x-forwarded-")
                && !header.equals("x-real-ip")
                && header.indexOf('_') < 0;
    }

    /** Always with a slash at its end. */
    static String path(@Nullable String raw) {
        int end = raw == null ? 0 : raw.length();
        while (raw != null && end > 0 && raw.charAt(end - 1) == '/') {
            end--;
        }
        if (raw == null || end == 0) {
            return "/";
        }
        StringBuilder canonical = new StringBuilder(raw.length() + 8);
        for (String segment : raw.substring(0, end).split("/", -1)) {
            canonical.append(AccessKeySignature.pathSegment(segment)).append('/');
        }
        return canonical.toString();
    }

    /** What the caller says it is counts, so that {@code UNSIGNED-PAYLOAD} goes with a body that can be read only once. */
    private static String payloadHash(SigningView request) {
        @Nullable String said = request.header("X-Sdk-Content-Sha256");
        return said == null ? request.bodySha256() : said;
    }
}
