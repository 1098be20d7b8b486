package dev.holdfast.emulators.alibaba;

import dev.holdfast.emulators.internal.Digests;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request's {@code ACS3-HMAC-SHA256} signature, taken apart and made again from what arrived. */
record Acs3Check(EmulatedRequest request, String key, List<String> signed, String signature) {
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "ACS3-HMAC-SHA256 Credential=([^,\\s]+),\\s*SignedHeaders=([^,\\s]+),\\s*Signature=([0-9a-f]{64})");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");

    /** Null where there is no such signature. */
    static @Nullable Acs3Check of(EmulatedRequest request) {
        String header = request.headers().first("Authorization");
        Matcher parts = AUTHORIZATION.matcher(header == null ? "" : header);
        return parts.matches()
                ? new Acs3Check(request, parts.group(1), List.of(parts.group(2).split(";", -1)), parts.group(3))
                : null;
    }

    /** Null where there is no date, or none of that form. */
    @Nullable
    Instant signedAt() {
        String said = request.headers().first("x-acs-date");
        try {
            return said == null || !DATE.matcher(said).matches() ? null : Instant.parse(said);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Empty where there is none. */
    String nonce() {
        String nonce = request.headers().first("x-acs-signature-nonce");
        return nonce == null ? "" : nonce;
    }

    boolean isBy(String secret) {
        return signsAllThatCounts()
                && bodyIsSigned()
                && Digests.isSame(signature, Digests.hmacSha256(secret, stringToSign()));
    }

    String stringToSign() {
        return "ACS3-HMAC-SHA256\n" + Digests.sha256(canonicalRequest());
    }

    private boolean signsAllThatCounts() {
        return signed.contains("host")
                && request.headers().asMap().keySet().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .filter(name -> name.startsWith("x-acs-") || name.equals("content-type"))
                        .allMatch(signed::contains);
    }

    private boolean bodyIsSigned() {
        return Digests.sha256(request.body()).equals(request.headers().first("x-acs-content-sha256"));
    }

    String canonicalRequest() {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(request.method())
                .add(request.path().isEmpty() ? "/" : request.path())
                .add(query());
        for (String name : signed) {
            String value = request.headers().first(name);
            lines.add(name + ":" + (value == null ? "" : value.strip()));
        }
        return lines.add("")
                .add(String.join(";", signed))
                .add(String.valueOf(request.headers().first("x-acs-content-sha256")))
                .toString();
    }

    private String query() {
        StringJoiner pairs = new StringJoiner("&");
        for (Map.Entry<String, List<String>> parameter : new TreeMap<>(request.query()).entrySet()) {
            for (String value : parameter.getValue()) {
                pairs.add(Digests.percentEncoded(parameter.getKey()) + "=" + Digests.percentEncoded(value));
            }
        }
        return pairs.toString();
    }
}
