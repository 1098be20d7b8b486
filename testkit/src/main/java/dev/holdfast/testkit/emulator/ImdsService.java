package dev.holdfast.testkit.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.core.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the real service checks and answers, free of any HTTP server's types. */
final class ImdsService {
    /** Load balancer metadata came with this version; an older one does not know it. */
    private static final String LOAD_BALANCER_SINCE = "2020-10-01";

    private static final List<String> SCHEDULED_EVENTS_VERSIONS =
            List.of("2017-08-01", "2017-11-01", "2019-01-01", "2019-04-01", "2019-08-01", "2020-07-01");

    private final RateLimits limits;
    private final Tokens tokens;
    private final ScheduledEvents events = new ScheduledEvents();
    private final JsonNode instance = Documents.tree("instance.json");
    private final JsonNode versionsDocument = Documents.tree("versions.json");
    private final List<String> versions = new ArrayList<>();
    private volatile boolean behindLoadBalancer = true;

    ImdsService(Clock clock, RateLimits limits) {
        this.limits = limits;
        this.tokens = new Tokens(clock);
        versionsDocument.path("apiVersions").forEach(version -> versions.add(version.asText()));
    }

    void takeFromLoadBalancer() {
        behindLoadBalancer = false;
    }

    Reply answer(ImdsRequest request) {
        if (!request.under("/metadata")) {
            return Refusals.notMetadata();
        }
        Reply refused = check(request);
        if (refused != null) {
            return refused;
        }
        Reply reply = document(request);
        return !reply.succeeded() || limits.admit(request.identity()) ? reply : Refusals.throttled(request);
    }

    private @Nullable Reply check(ImdsRequest request) {
        if (!"true".equalsIgnoreCase(request.headers().first("Metadata"))) {
            return Refusals.headerMissing(request);
        }
        if (request.headers().first("X-Forwarded-For") != null) {
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

    private List<String> versionsFor(ImdsRequest request) {
        if (request.path().equals("/metadata/versions")) {
            return List.of();
        }
        if (request.under("/metadata/scheduledevents")) {
            return SCHEDULED_EVENTS_VERSIONS;
        }
        return request.loadBalancer()
                ? versions.stream()
                        .filter(version -> version.compareTo(LOAD_BALANCER_SINCE) >= 0)
                        .toList()
                : versions;
    }

    private Reply document(ImdsRequest request) {
        if (request.under("/metadata/instance")) {
            return instance(request);
        }
        return switch (request.path()) {
            case "/metadata/versions" -> Reply.json(200, versionsDocument);
            case ImdsRequest.LOAD_BALANCER ->
                behindLoadBalancer ? Reply.json(200, Documents.tree("loadbalancer.json")) : Refusals.noLoadBalancer();
            case "/metadata/identity/oauth2/token" -> tokens.issue(request);
            case "/metadata/identity/info" -> Reply.json(200, Map.of("tenantId", AzureImdsEmulator.TENANT_ID));
            case "/metadata/scheduledevents" ->
                request.method().equals("POST") ? events.approve(request.body()) : events.document();
            case "/metadata/attested/document" -> Reply.json(200, Documents.tree("attested.json"));
            default -> Refusals.notFound(request);
        };
    }

    /** The path goes on into the document: names, and indexes of lists. */
    private Reply instance(ImdsRequest request) {
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
