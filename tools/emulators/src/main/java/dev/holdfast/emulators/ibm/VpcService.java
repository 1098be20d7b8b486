package dev.holdfast.emulators.ibm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.emulators.internal.Documents;
import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.EmulatedService;
import dev.holdfast.testkit.emulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the metadata service of a VPC instance checks and answers. */
final class VpcService implements EmulatedService {
    /** The earliest date that it speaks, and the first at which the old identity paths are gone (identity change log, 2025). */
    private static final String EARLIEST = "2022-03-01";

    private static final String WITHOUT_OLD_PATHS = "2025-08-26";
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final List<String> TOKEN_PATHS = List.of("/identity/v1/token", "/instance_identity/v1/token");
    private static final List<String> EXCHANGE_PATHS =
            List.of("/identity/v1/iam_tokens", "/instance_identity/v1/iam_token");
    private static final List<String> IN_INSTANCE = List.of("network_interfaces", "volume_attachments");
    private static final List<String> BESIDE_IT = List.of("keys", "placement_groups");

    private final VpcTokenDesk desk;
    private final JsonNode documents = Documents.tree("ibm-vpc-metadata/metadata.json");
    private final AtomicLong requestIds = new AtomicLong();
    private volatile boolean enabled = true;

    VpcService(VpcTokenDesk desk) {
        this.desk = desk;
    }

    void disable() {
        enabled = false;
    }

    @Override
    public Reply answer(EmulatedRequest request) {
        Reply refused = check(request);
        if (refused != null) {
            return refused;
        }
        if (TOKEN_PATHS.contains(request.path())) {
            return request.method().equals("PUT") ? desk.identity(request) : VpcRefusals.wrongMethod();
        }
        if (EXCHANGE_PATHS.contains(request.path())) {
            return request.method().equals("POST") ? desk.exchange(request) : VpcRefusals.wrongMethod();
        }
        boolean metadata = request.under("/metadata/v1");
        if (!metadata && !request.path().equals("/v1/instances")) {
            return VpcRefusals.notFound("Resource");
        }
        if (!request.method().equals("GET")) {
            return VpcRefusals.wrongMethod();
        }
        if (!desk.accepts(request, metadata ? VpcTokenDesk.IDENTITY : VpcTokenDesk.IAM)) {
            return VpcRefusals.unauthenticated();
        }
        return metadata
                ? metadata(request.path().substring("/metadata/v1".length()))
                : Reply.json(200, Map.of("instances", List.of(documents.path("instance"))));
    }

    private @Nullable Reply check(EmulatedRequest request) {
        if (request.isForwarded()) {
            return VpcRefusals.forwarded();
        }
        if (!enabled) {
            return VpcRefusals.disabled();
        }
        String version = request.parameter("version");
        if (version != null && !DATE.matcher(version).matches()) {
            return VpcRefusals.versionForm(version);
        }
        if (version == null || version.compareTo(EARLIEST) < 0) {
            return VpcRefusals.version(version, EARLIEST);
        }
        // The wording of this one was not seen.
        return request.under("/instance_identity") && version.compareTo(WITHOUT_OLD_PATHS) >= 0
                ? VpcRefusals.notFound("Resource")
                : null;
    }

    private Reply metadata(String path) {
        String[] steps = path.split("/", -1);
        boolean inside = steps.length > 2 && steps[1].equals("instance");
        String name = inside ? steps[2] : steps.length > 1 ? steps[1] : "";
        if (path.equals("/instance") || path.equals("/instance/initialization")) {
            return Reply.json(200, documents.path(inside ? "initialization" : "instance"));
        }
        int deepest = inside ? 4 : 3;
        if (!(inside ? IN_INSTANCE : BESIDE_IT).contains(name) || steps.length > deepest) {
            return VpcRefusals.notFound("Resource");
        }
        if (steps.length < deepest) {
            return Reply.json(200, Map.of(name, documents.path(name)));
        }
        for (JsonNode item : documents.path(name)) {
            if (item.path("id").asText().equals(steps[deepest - 1])) {
                return Reply.json(200, item);
            }
        }
        return VpcRefusals.notFound("Resource");
    }

    @Override
    public Reply refused(Effect.Refusal refusal, EmulatedRequest request) {
        return VpcRefusals.of(refusal);
    }

    @Override
    public Map<String, String> headers(Reply reply, EmulatedRequest request) {
        return reply.headers().containsKey("X-Request-Id")
                ? Map.of()
                : Map.of("X-Request-Id", new UUID(0x69626d2d76706332L, requestIds.incrementAndGet()).toString());
    }

    @Override
    public boolean isForToken(EmulatedRequest request) {
        return TOKEN_PATHS.contains(request.path()) || EXCHANGE_PATHS.contains(request.path());
    }

    @Override
    public Reply credentialRefused(EmulatedRequest request) {
        return VpcRefusals.unauthenticated();
    }

    @Override
    public void expireCredentials() {
        desk.press().expireAll();
    }

    @Override
    public void rotateKeys(Duration overlap) {
        desk.press().rotate(overlap);
    }
}
