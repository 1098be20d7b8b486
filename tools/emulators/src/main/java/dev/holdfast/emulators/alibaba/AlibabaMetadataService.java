package dev.holdfast.emulators.alibaba;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.internal.AccessKeys;
import dev.holdfast.emulators.internal.MetadataTokenService;
import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.EmulatedRequest;
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
final class AlibabaMetadataService extends MetadataTokenService {
    private static final Tokens TOKENS = new Tokens(
            "/latest/api/token", "X-aliyun-ecs-metadata-token-ttl-seconds", "X-aliyun-ecs-metadata-token", 1);
    private static final Pattern VERSION = Pattern.compile("^/2016-01-01(?=/|$)");
    private static final String ROLES = "/latest/meta-data/ram/security-credentials";

    private final TimeSource clock;
    private volatile boolean enabled = true;
    private volatile boolean role = true;

    AlibabaMetadataService(TimeSource clock) {
        super(
                clock,
                TOKENS,
                // Java V1 of the vendor's SDK counts on six hours; the overlap was found in no document.
                new AccessKeys(clock, "STS.NU", Duration.ofHours(6), Duration.ofMinutes(30)),
                "alibaba-metadata/metadata.json");
        this.clock = clock;
    }

    void disable() {
        enabled = false;
    }

    void detachRole() {
        role = false;
    }

    @Override
    public Reply answer(EmulatedRequest request) {
        return enabled ? super.answer(request) : page(403, "Forbidden");
    }

    @Override
    protected Reply read(String versioned) {
        String path = latest(versioned);
        if (path.equals(ROLES) && role) {
            return Reply.text(AlibabaMetadataEmulator.ROLE);
        }
        if (path.equals(ROLES + "/" + AlibabaMetadataEmulator.ROLE) && role) {
            return roleCredentials();
        }
        return super.read(path);
    }

    private static String latest(String path) {
        return VERSION.matcher(path).replaceFirst("/latest");
    }

    private Reply roleCredentials() {
        AccessKeys.Key key = keys().current();
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
    protected Reply refusal(Mistake mistake) {
        return switch (mistake) {
            case PATH -> page(404, "Not Found");
            case METHOD -> page(405, "Method Not Allowed");
            case LIFETIME -> page(400, "Missing or Invalid Parameters");
            case TOKEN_REFUSED -> page(401, "Unauthorized");
            case TOKEN_FORWARDED, TOKEN_MISSING, REQUEST_FORWARDED -> page(403, "Forbidden");
        };
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
    public boolean isForToken(EmulatedRequest request) {
        return super.isForToken(request) || latest(request.path()).startsWith(ROLES);
    }
}
