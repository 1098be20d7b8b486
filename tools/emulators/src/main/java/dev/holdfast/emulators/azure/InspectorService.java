package dev.holdfast.emulators.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.internal.SignedTokens;
import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.EmulatedService;
import dev.holdfast.testkit.emulator.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Resource Manager and VM Inspector behind it check and answer. */
final class InspectorService implements EmulatedService {
    private static final Pattern PATH =
            Pattern.compile("(?i)(/subscriptions/([^/]+)/providers/Microsoft\\.Compute/locations/([^/]+))/(.+)");
    private static final List<String> AUDIENCES =
            List.of("https://management.azure.com", "https://management.core.windows.net");

    private final TimeSource clock;
    private final Inspections inspections;
    private final AtomicLong requestIds = new AtomicLong();
    private volatile Tokens tokens;
    private volatile String retryAfter = "5";
    private volatile @Nullable URI pollAt;
    private volatile @Nullable Challenge challenge;

    InspectorService(TimeSource clock, Inspections inspections) {
        this.clock = clock;
        this.inspections = inspections;
        this.tokens = new Tokens(clock);
    }

    /** The claims that tokens up to a serial lack. */
    private record Challenge(String claims, boolean urlSafe, long upTo) {}

    void trust(Tokens others) {
        tokens = others;
    }

    void retryAfter(String value) {
        retryAfter = value;
    }

    void pollAt(URI base) {
        pollAt = base;
    }

    void demand(String claims, boolean urlSafe) {
        challenge = new Challenge(claims, urlSafe, tokens.press().latest());
    }

    @Override
    public Reply answer(EmulatedRequest request) {
        if (isForToken(request)) {
            return "true".equalsIgnoreCase(request.headers().first("Metadata")) && !request.isForwarded()
                    ? tokens.issue(request)
                    : Refusals.headerMissing(request);
        }
        Reply refused = authenticate(request);
        if (refused != null) {
            return refused;
        }
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return ArmRefusals.notFound(request.path());
        }
        if (request.parameter("api-version") == null) {
            return ArmRefusals.versionMissing();
        }
        String operation = request.method() + " " + path.group(4).toLowerCase(Locale.ROOT);
        if (operation.startsWith("GET diagnosticoperations/")) {
            return poll(request, path);
        }
        return switch (operation) {
            case "POST diagnostics/diskinspection/run" -> run(request, path);
            case "POST diagnostics/diskinspection/registerstorageconfiguration",
                    "POST diagnostics/diskinspection/validatestorageconfiguration" -> Reply.json(200, Map.of());
            case "GET diagnostics" -> Reply.json(200, Map.of("value", List.of(diskInspection(path))));
            case "GET diagnostics/diskinspection" -> Reply.json(200, diskInspection(path));
            default -> ArmRefusals.notFound(path.group(4));
        };
    }

    private @Nullable Reply authenticate(EmulatedRequest request) {
        String token = request.bearer();
        if (token == null || token.isEmpty()) {
            return token == null ? ArmRefusals.authorizationMissing() : ArmRefusals.authorizationMalformed();
        }
        SignedTokens.Reading reading = tokens.press().read(token);
        if (reading.state() == SignedTokens.State.UNKNOWN) {
            return ArmRefusals.tokenInvalid();
        }
        if (!reading.good()) {
            return ArmRefusals.tokenExpired(reading.until(), clock.now());
        }
        JsonNode audience = reading.claims().path("aud");
        if (AUDIENCES.stream()
                .noneMatch(known -> audience.asText().replaceAll("/+$", "").equals(known))) {
            return ArmRefusals.audience(audience.asText());
        }
        Challenge demanded = challenge;
        return demanded != null && reading.serial() <= demanded.upTo()
                ? ArmRefusals.claims(demanded.claims(), demanded.urlSafe())
                : null;
    }

    private Reply run(EmulatedRequest request, Matcher path) {
        Reply refused = inspections.refuse(request);
        return refused == null ? going(request, path, inspections.begin()) : refused;
    }

    private Reply poll(EmulatedRequest request, Matcher path) {
        String id = path.group(4).substring("diagnosticOperations/".length());
        if (!inspections.knows(id)) {
            return ArmRefusals.operationNotFound(id, path.group(3), path.group(2));
        }
        Reply result = inspections.look(id);
        return result == null ? going(request, path, id) : result;
    }

    private Reply going(EmulatedRequest request, Matcher path, String id) {
        URI base = pollAt;
        String server = base == null ? "http://" + request.headers().first("Host") : base.toString();
        return Reply.json(202, "")
                .with(
                        "Location",
                        server + path.group(1) + "/diagnosticOperations/" + id + "?api-version="
                                + request.parameter("api-version"))
                .with("Retry-After", retryAfter);
    }

    private static Map<String, String> diskInspection(Matcher path) {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("id", path.group(1) + "/diagnostics/diskInspection");
        described.put("name", "diskInspection");
        described.put("type", "Microsoft.Compute/locations/diagnostics");
        return described;
    }

    @Override
    public Reply refused(Effect.Refusal refusal, EmulatedRequest request) {
        return isForToken(request) ? Refusals.of(refusal, request) : ArmRefusals.of(refusal);
    }

    @Override
    public Map<String, String> headers(Reply reply, EmulatedRequest request) {
        String id = new UUID(0x61726d2d64697361L, requestIds.incrementAndGet()).toString();
        String correlation = request.headers().first("x-ms-correlation-request-id");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-ms-request-id", id);
        headers.put("x-ms-correlation-request-id", correlation == null ? id : correlation);
        return headers;
    }

    @Override
    public boolean isForToken(EmulatedRequest request) {
        return request.path().equals(ImdsPaths.TOKEN);
    }

    @Override
    public Reply credentialRefused(EmulatedRequest request) {
        return ArmRefusals.tokenInvalid();
    }

    @Override
    public void expireCredentials() {
        tokens.press().expireAll();
    }

    @Override
    public void rotateKeys(Duration overlap) {
        tokens.press().rotate(overlap);
    }
}
