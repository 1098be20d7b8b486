package dev.holdfast.emulators.huawei;

import dev.holdfast.emulators.internal.Digests;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request's {@code SDK-HMAC-SHA256} signature, taken apart and made again from what arrived. */
record SdkHmacCheck(EmulatedRequest request, String key, List<String> signed, String signature) {
    private static final Pattern AUTHORIZATION =
            Pattern.compile("SDK-HMAC-SHA256 Access=([^,\\s]+), SignedHeaders=([^,\\s]+), Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    /** Null where there is no such signature. */
    static @Nullable SdkHmacCheck of(EmulatedRequest request) {
        String header = request.headers().first("Authorization");
        Matcher parts = AUTHORIZATION.matcher(header == null ? "" : header);
        return parts.matches()
                ? new SdkHmacCheck(
                        request, parts.group(1), List.of(parts.group(2).split(";", -1)), parts.group(3))
                : null;
    }

    String date() {
        String said = request.headers().first("X-Sdk-Date");
        return said == null ? "" : said;
    }

    /** Null where there is no date, or none of that form. */
    @Nullable
    Instant signedAt() {
        try {
            return LocalDateTime.parse(date(), DATE).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    boolean isBy(String secret) {
        boolean whole = signed.contains("host") && signed.contains("x-sdk-date");
        String expected =
                Digests.hmacSha256(secret, "SDK-HMAC-SHA256\n" + date() + "\n" + Digests.sha256(canonicalRequest()));
        return whole && bodyIsSigned() && Digests.isSame(signature, expected);
    }

    /** What the caller says about the body must be true, unless it says that it is not signed. */
    private boolean bodyIsSigned() {
        String said = request.headers().first("X-Sdk-Content-Sha256");
        return said == null || said.equals("UNSIGNED-PAYLOAD") || said.equals(Digests.sha256(request.body()));
    }

    String canonicalRequest() {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(request.method()).add(path()).add(query());
        for (String name : signed) {
            String value = request.headers().first(name);
            lines.add(name + ":" + (value == null ? "" : value.strip()));
        }
        String said = request.headers().first("X-Sdk-Content-Sha256");
        return lines.add("")
                .add(String.join(";", signed))
                .add(said == null ? Digests.sha256(request.body()) : said)
                .toString();
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (String segment : request.path().split("/", 0)) {
            // A plus sign is a blank in a query only.
            String decoded = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            path.append(Digests.percentEncoded(decoded)).append('/');
        }
        return path.length() == 0 ? "/" : path.toString();
    }

    private String query() {
        TreeMap<String, List<String>> sorted = new TreeMap<>();
        request.query().forEach((name, values) -> sorted.put(Digests.percentEncoded(name), values));
        StringJoiner pairs = new StringJoiner("&");
        sorted.forEach(
                (name, values) -> values.forEach(value -> pairs.add(name + "=" + Digests.percentEncoded(value))));
        return pairs.toString();
    }
}
