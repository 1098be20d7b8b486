package dev.holdfast.emulators.huawei;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.internal.AccessKeys;
import dev.holdfast.emulators.internal.MetadataTokenService;
import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.Reply;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the metadata service of a Huawei Cloud server checks and answers (ECS guide ecs_03_2167, 2025-08-12; OTC, "Obtaining ECS details using metadata").
 * Errors are pages, as OpenStack writes them; the statuses of an enforced, a wrong and a forwarded token are not documented.
 */
final class HuaweiMetadataService extends MetadataTokenService {
    private static final Tokens TOKENS =
            new Tokens("/meta-data/latest/api/token", "X-Metadata-Token-Ttl-Seconds", "X-Metadata-Token", 60);
    private static final String KEY_PATH = "/openstack/latest/securitykey";
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private volatile boolean tokens = true;
    private volatile boolean agency = true;

    HuaweiMetadataService(TimeSource clock) {
        super(
                clock,
                TOKENS,
                new AccessKeys(clock, "HST", Duration.ofHours(1), Duration.ofMinutes(10)),
                "huawei-metadata/metadata.json");
    }

    void takeTokensAway() {
        tokens = false;
    }

    void unbindAgency() {
        agency = false;
    }

    @Override
    protected Reply token(EmulatedRequest request) {
        return tokens ? super.token(request) : refusal(Mistake.PATH);
    }

    @Override
    protected Reply read(String path) {
        return path.equals(KEY_PATH) ? key() : super.read(path);
    }

    private Reply key() {
        if (!agency) {
            return new Reply(
                    401,
                    "text/plain; charset=utf-8",
                    "401 Unauthorized\nPlease configure Cloud Service Agency first",
                    Map.of());
        }
        AccessKeys.Key key = keys().current();
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("access", key.id());
        said.put("secret", key.secret());
        said.put("securitytoken", key.token());
        said.put("expires_at", MICROS.format(key.until()));
        return Reply.json(200, Map.of("credential", said));
    }

    @Override
    protected Reply refusal(Mistake mistake) {
        return switch (mistake) {
            case PATH -> page(404, "The resource could not be found.");
            case METHOD -> page(405, "The method is not allowed for this resource.");
            case TOKEN_FORWARDED -> page(403, "The request was forwarded.");
            case LIFETIME -> page(400, "X-Metadata-Token-Ttl-Seconds must be 60 to 21600.");
            case TOKEN_MISSING, TOKEN_REFUSED, REQUEST_FORWARDED ->
                page(401, "The metadata token is missing or not valid.");
        };
    }

    @Override
    public Reply refused(Effect.Refusal refusal, EmulatedRequest request) {
        // Not seen: no document shows an error of this service but its 404.
        return switch (refusal) {
            case THROTTLED -> page(429, "Too many requests.");
            case UPDATING, UNAVAILABLE -> page(503, "The server is currently unavailable.");
            // As a server's network is being set up, the proxy before the service finds nothing behind it.
            case NOT_YET -> page(502, "The metadata agent has no answer.");
        };
    }

    private static Reply page(int status, String sentence) {
        String title = status + " " + Reply.reason(status);
        String body = "<html>\n <head>\n  <title>" + title + "</title>\n </head>\n <body>\n  <h1>" + title + "</h1>\n  "
                + sentence + "<br /><br />\n </body>\n</html>";
        return new Reply(status, "text/html; charset=UTF-8", body, Map.of());
    }

    @Override
    public boolean isForToken(EmulatedRequest request) {
        return super.isForToken(request) || request.path().equals(KEY_PATH);
    }
}
