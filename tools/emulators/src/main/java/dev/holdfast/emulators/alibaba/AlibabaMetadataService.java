package dev.holdfast.emulators.alibaba;

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
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the metadata service of an ECS instance checks and answers (alibabacloud.com, "View instance metadata"; its FAQ has the phrases of 400, 401 and
 * 403). Errors are pages in the form of the real 404 (aliyun-cli#525).
 */
final class AlibabaMetadataService implements EmulatedService {
    private static final String TOKEN_PATH = "/latest/api/token";
    private static final Pattern VERSION = Pattern.compile("^/2016-01-01(?=/|$)");
    private static final String ROLES = "/latest/meta-data/ram/security-credentials";
    private static final int MOST_SECONDS = 21_600;

    private final TimeSource clock;
    private final SignedTokens press;
    private final AccessKeys keys;
    private final JsonNode documents = Documents.tree("alibaba-metadata/metadata.json");
    private volatile boolean hardened;
    private volatile boolean enabled = true;
    private volatile boolean role = true;

    AlibabaMetadataService(TimeSource clock) {
        this.clock = clock;
        press = new SignedTokens(clock);
        // Java V1 of the vendor's SDK counts on six hours; the overlap was found in no document.
        keys = new AccessKeys(clock, "STS.NU", Duration.ofHours(6), Duration.ofMinutes(30));
    }

    AccessKeys keys() {
        return keys;
    }

    void harden() {
        hardened = true;
    }

    void disable() {
        enabled = false;
    }

    void detachRole() {
        role = false;
    }

    @Override
    public Reply answer(EmulatedRequest request) {
        if (!enabled) {
            return page(403, "Forbidden");
        }
        boolean forToken = request.path().equals(TOKEN_PATH);
        if (forToken && request.method().equals("PUT")) {
            return token(request);
        }
        boolean read = request.method().equals("GET") || request.method().equals("HEAD");
        if (!read || forToken) {
            return page(405, "Method Not Allowed");
        }
        String token = request.headers().first("X-aliyun-ecs-metadata-token");
        if (token == null) {
            return hardened ? page(403, "Forbidden") : document(request);
        }
        if (request.isForwarded()) {
            return page(403, "Forbidden");
        }
        return press.read(token).good() ? document(request) : page(401, "Unauthorized");
    }

    private Reply token(EmulatedRequest request) {
        if (request.isForwarded()) {
            return page(403, "Forbidden");
        }
        String wanted = request.headers().first("X-aliyun-ecs-metadata-token-ttl-seconds");
        int seconds = wanted != null && wanted.matches("\\d{1,9}") ? Integer.parseInt(wanted) : 0;
        if (seconds < 1 || seconds > MOST_SECONDS) {
            return page(400, "Missing or Invalid Parameters");
        }
        // A token knows whole seconds only; one of a second must not be over before it arrives.
        return Reply.text(press.issue(Map.of(), clock.now().plusSeconds(seconds).plusNanos(999_999_999)));
    }

    private Reply document(EmulatedRequest request) {
        String path = VERSION.matcher(request.path()).replaceFirst("/latest");
        if (path.equals(ROLES) && role) {
            return Reply.text(AlibabaMetadataEmulator.ROLE);
        }
        if (path.equals(ROLES + "/" + AlibabaMetadataEmulator.ROLE) && role) {
            return roleCredentials();
        }
        JsonNode found = documents.path(path);
        if (found.isMissingNode()) {
            return page(404, "Not Found");
        }
        return found.isTextual() ? Reply.text(found.asText()) : Reply.json(200, found);
    }

    private Reply roleCredentials() {
        AccessKeys.Key key = keys.current();
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("AccessKeyId", key.id());
        said.put("AccessKeySecret", key.secret());
        said.put("Expiration", key.until().truncatedTo(ChronoUnit.SECONDS).toString());
        said.put("SecurityToken", key.token());
        said.put("LastUpdated", clock.now().truncatedTo(ChronoUnit.SECONDS).toString());
        said.put("Code", "Success");
        return Reply.json(200, said);
    }

    @Override
    public Reply refused(Effect.Refusal refusal, EmulatedRequest request) {
        // Not seen: a limit is documented, but neither its number nor its answer.
        return switch (refusal) {
            case THROTTLED -> page(429, "Too Many Requests");
            case UPDATING, UNAVAILABLE -> page(503, "Service Unavailable");
            case NOT_YET -> page(404, "Not Found");
        };
    }

    private static Reply page(int status, String phrase) {
        String title = status + " - " + phrase;
        String body = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n"
                + "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\"\n"
                + "         \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n"
                + "<html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"en\" lang=\"en\">\n <head>\n  <title>"
                + title
                + "</title>\n </head>\n <body>\n  <h1>" + title + "</h1>\n </body>\n</html>\n";
        return new Reply(status, "text/html", body, Map.of());
    }

    @Override
    public Map<String, String> headers(Reply reply, EmulatedRequest request) {
        return Map.of();
    }

    @Override
    public boolean isForToken(EmulatedRequest request) {
        return request.path().equals(TOKEN_PATH)
                || VERSION.matcher(request.path()).replaceFirst("/latest").startsWith(ROLES);
    }

    @Override
    public Reply credentialRefused(EmulatedRequest request) {
        return page(401, "Unauthorized");
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
