package dev.holdfast.emulators.huawei;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.internal.AccessKeys;
import dev.holdfast.emulators.internal.Documents;
import dev.holdfast.emulators.internal.SignedTokens;
import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.EmulatedService;
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
final class HuaweiMetadataService implements EmulatedService {
    private static final String TOKEN_PATH = "/meta-data/latest/api/token";
    private static final String KEY_PATH = "/openstack/latest/securitykey";
    private static final int LEAST_SECONDS = 60;
    private static final int MOST_SECONDS = 21_600;
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final TimeSource clock;
    private final SignedTokens press;
    private final AccessKeys keys;
    private final JsonNode documents = Documents.tree("huawei-metadata/metadata.json");
    private volatile boolean enforced;
    private volatile boolean tokens = true;
    private volatile boolean agency = true;

    HuaweiMetadataService(TimeSource clock) {
        this.clock = clock;
        press = new SignedTokens(clock);
        keys = new AccessKeys(clock, "HST", Duration.ofHours(1), Duration.ofMinutes(10));
    }

    AccessKeys keys() {
        return keys;
    }

    void enforce() {
        enforced = true;
    }

    void takeTokensAway() {
        tokens = false;
    }

    void unbindAgency() {
        agency = false;
    }

    @Override
    public Reply answer(EmulatedRequest request) {
        boolean forToken = request.path().equals(TOKEN_PATH);
        if (forToken && request.method().equals("PUT")) {
            return tokens ? token(request) : page(404, "The resource could not be found.");
        }
        boolean read = request.method().equals("GET") || request.method().equals("HEAD");
        if (!read || forToken) {
            return page(405, "The method is not allowed for this resource.");
        }
        String token = request.headers().first("X-Metadata-Token");
        if (token == null ? enforced : !press.read(token).good() || request.isForwarded()) {
            return page(401, "The metadata token is missing or not valid.");
        }
        return request.path().equals(KEY_PATH) ? key() : document(request.path());
    }

    private Reply token(EmulatedRequest request) {
        if (request.isForwarded()) {
            return page(403, "The request was forwarded.");
        }
        String wanted = request.headers().first("X-Metadata-Token-Ttl-Seconds");
        int seconds = wanted != null && wanted.matches("\\d{1,9}") ? Integer.parseInt(wanted) : -1;
        return seconds < LEAST_SECONDS || seconds > MOST_SECONDS
                ? page(400, "X-Metadata-Token-Ttl-Seconds must be 60 to 21600.")
                : Reply.text(press.issue(Map.of(), clock.now().plusSeconds(seconds)));
    }

    private Reply key() {
        if (!agency) {
            return new Reply(
                    401,
                    "text/plain; charset=utf-8",
                    "401 Unauthorized\nPlease configure Cloud Service Agency first",
                    Map.of());
        }
        AccessKeys.Key key = keys.current();
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("access", key.id());
        said.put("secret", key.secret());
        said.put("securitytoken", key.token());
        said.put("expires_at", MICROS.format(key.until()));
        return Reply.json(200, Map.of("credential", said));
    }

    private Reply document(String path) {
        JsonNode found = documents.path(path);
        if (found.isMissingNode()) {
            return page(404, "The resource could not be found.");
        }
        return found.isTextual() ? Reply.text(found.asText()) : Reply.json(200, found);
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
    public Map<String, String> headers(Reply reply, EmulatedRequest request) {
        return Map.of();
    }

    @Override
    public boolean isForToken(EmulatedRequest request) {
        return request.path().equals(TOKEN_PATH) || request.path().equals(KEY_PATH);
    }

    @Override
    public Reply credentialRefused(EmulatedRequest request) {
        return page(401, "The metadata token is missing or not valid.");
    }

    @Override
    public void expireCredentials() {
        press.expireAll();
    }

    @Override
    public void rotateKeys(Duration overlap) {
        press.rotate(overlap);
    }
}
