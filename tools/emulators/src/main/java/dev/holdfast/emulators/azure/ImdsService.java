package dev.holdfast.emulators.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.emulators.internal.Documents;
import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.EmulatedService;
import dev.holdfast.testkit.emulator.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the real service checks and answers, free of any HTTP server's types. */
final class ImdsService implements EmulatedService {
    /** Load balancer metadata came with this version; an older one does not know it. */
    private static final String LOAD_BALANCER_SINCE = "2020-10-01";

    private static final String SERVER = "IMDS/150.870.65.1854";

    private static final List<String> SCHEDULED_EVENTS_VERSIONS =
            List.of("2017-08-01", "2017-11-01", "2019-01-01", "2019-04-01", "2019-08-01", "2020-07-01");

    private final ImdsLimits limits;
    private final Tokens tokens;
    private final ScheduledEvents events = new ScheduledEvents();
    private final JsonNode instance = Documents.tree("azure-imds/instance.json");
    private final JsonNode versionsDocument = Documents.tree("azure-imds/versions.json");
    private final List<String> versions = new ArrayList<>();
    private final AtomicLong requestIds = new AtomicLong();
    private volatile boolean behindLoadBalancer = true;

    ImdsService(ImdsLimits limits, Tokens tokens) {
        this.limits = limits;
        this.tokens = tokens;
        versionsDocument.path("apiVersions").forEach(version -> versions.add(version.asText()));
    }

    void takeFromLoadBalancer() {
        behindLoadBalancer = false;
    }

    @Override
    public Reply refused(Effect.Refusal refusal, EmulatedRequest request) {
        return Refusals.of(refusal, request);
    }

    @Override
    public Map<String, String> headers(Reply reply, EmulatedRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Server", request.under("/metadata") ? SERVER : "Microsoft-IIS/10.0");
        if (reply.succeeded()) {
            // Errors were never seen to have one.
            headers.put("x-ms-request-id", new UUID(0x686f6c6466617374L, requestIds.incrementAndGet()).toString());
        }
        return headers;
    }

    @Override
    public boolean isForToken(EmulatedRequest request) {
        return request.path().equals(ImdsPaths.TOKEN);
    }

    /** Nothing here wants a credential: those that it issues are used elsewhere. */
    @Override
    public Reply credentialRefused(EmulatedRequest request) {
        return answer(request);
    }

    @Override
    public void expireCredentials() {
        tokens.press().expireAll();
    }

    @Override
    public void rotateKeys(Duration overlap) {
        tokens.press().rotate(overlap);
    }

    @Override
    public boolean enter(EmulatedRequest request) {
        return limits.enter(ImdsPaths.isIdentity(request));
    }

    @Override
    public void leave(EmulatedRequest request) {
        limits.leave(ImdsPaths.isIdentity(request));
    }

    @Override
    public Reply answer(EmulatedRequest request) {
        if (!request.under("/metadata")) {
            return Refusals.notMetadata();
        }
        Reply refused = check(request);
        if (refused != null) {
            return refused;
        }
        Reply reply = document(request);
        return !reply.succeeded() || limits.admit(ImdsPaths.isIdentity(request)) ? reply : Refusals.throttled(request);
    }

    private @Nullable Reply check(EmulatedRequest request) {
        if (!"true".equalsIgnoreCase(request.headers().first("Metadata"))) {
            return Refusals.headerMissing(request);
        }
        if (request.isForwarded()) {
            return Refusals.forwarded(request);
        }
        boolean approval = request.method().equals("POST") && request.path().equals("/metadata/scheduledevents");
        if (!request.method().equals("GET") && !approval) {
            return Refusals.wrongMethod(request);
        }
        if (request.hasDuplicates()) {
            return Refusals.duplicates(request);
        }
        List<String> known = versionsFor(request);
        String version = request.parameter("api-version");
        return known.isEmpty() || known.contains(version) ? null : Refusals.version(request, known);
    }

    private List<String> versionsFor(EmulatedRequest request) {
        if (request.path().equals("/metadata/versions")) {
            return List.of();
        }
        if (request.under("/metadata/scheduledevents")) {
            return SCHEDULED_EVENTS_VERSIONS;
        }
        return ImdsPaths.isLoadBalancer(request)
                ? versions.stream()
                        .filter(version -> version.compareTo(LOAD_BALANCER_SINCE) >= 0)
                        .toList()
                : versions;
    }

    private Reply document(EmulatedRequest request) {
        if (request.under("/metadata/instance")) {
            return instance(request);
        }
        return switch (request.path()) {
            case "/metadata/versions" -> Reply.json(200, versionsDocument);
            case ImdsPaths.LOAD_BALANCER ->
                behindLoadBalancer
                        ? Reply.json(200, Documents.tree("azure-imds/loadbalancer.json"))
                        : Refusals.noLoadBalancer();
            case ImdsPaths.TOKEN -> tokens.issue(request);
            case "/metadata/identity/info" -> Reply.json(200, Map.of("tenantId", AzureImdsEmulator.TENANT_ID));
            case "/metadata/scheduledevents" ->
                request.method().equals("POST") ? events.approve(request.body()) : events.document();
            case "/metadata/attested/document" -> Reply.json(200, Documents.tree("azure-imds/attested.json"));
            default -> Refusals.notFound(request);
        };
    }

    /** The path goes on into the document: names, and indexes of lists. */
    private Reply instance(EmulatedRequest request) {
        JsonNode at = instance;
        for (String step :
                request.path().substring("/metadata/instance".length()).split("/", -1)) {
            if (!step.isEmpty()) {
                boolean index =
                        at.isArray() && step.length() < 4 && step.chars().allMatch(c -> c >= '0' && c <= '9');
                at = index ? at.path(Integer.parseInt(step)) : at.path(step);
            }
        }
        if (at.isMissingNode()) {
            return Refusals.notFound(request);
        }
        boolean text = "text".equalsIgnoreCase(request.parameter("format"));
        if (at.isValueNode()) {
            return text ? Reply.text(at.asText()) : Refusals.leafWantsText();
        }
        return text ? Reply.text(listing(at)) : Reply.json(200, at);
    }

    private static String listing(JsonNode container) {
        List<String> lines = new ArrayList<>();
        if (container.isArray()) {
            for (int i = 0; i < container.size(); i++) {
                lines.add(i + (container.get(i).isContainerNode() ? "/" : ""));
            }
        } else {
            container
                    .properties()
                    .forEach(child ->
                            lines.add(child.getKey() + (child.getValue().isContainerNode() ? "/" : "")));
        }
        return String.join("\n", lines);
    }
}
