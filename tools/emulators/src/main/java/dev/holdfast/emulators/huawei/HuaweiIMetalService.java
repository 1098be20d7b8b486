package dev.holdfast.emulators.huawei;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.internal.AccessKeys;
import dev.holdfast.emulators.internal.Documents;
import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.EmulatedService;
import dev.holdfast.testkit.emulator.RateLimits;
import dev.holdfast.testkit.emulator.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** What IAM answers to a login, and iMetal behind the gateway to the few calls that an agent tries itself out on. */
final class HuaweiIMetalService implements EmulatedService {
    private static final String LOGIN = "/v3/auth/tokens";
    private static final String INSTANCES = "/v1/" + HuaweiIMetalEmulator.PROJECT_ID + "/instances";
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);
    private static final String INSTANCE_ID = "f7a1c1d4-3f55-4b34-9a0c-4f7f0a5c2e31";

    private final TimeSource clock;
    private final HuaweiGateway adapter;
    private final RateLimits limit;
    private final AtomicLong ids = new AtomicLong();

    HuaweiIMetalService(TimeSource clock) {
        this.clock = clock;
        adapter = new HuaweiGateway(clock);
        // "By default 200 calls per second" (API Gateway developer guide, devg-apisign).
        limit = new RateLimits(clock, 200);
        AccessKeys permanent = new AccessKeys(clock, "", Duration.ZERO, Duration.ZERO);
        permanent.addPermanent(HuaweiIMetalEmulator.ACCESS_KEY, HuaweiIMetalEmulator.SECRET_KEY);
        adapter.know(permanent);
    }

    HuaweiGateway adapter() {
        return adapter;
    }

    void switchLimitOff() {
        limit.switchOff();
    }

    @Override
    public Reply answer(EmulatedRequest request) {
        if (isForToken(request)) {
            return request.method().equals("POST") ? login(request) : GatewayRefusals.noSuchApi();
        }
        Reply refused = adapter.check(request);
        if (refused != null) {
            return refused;
        }
        return limit.admit() ? resource(request) : GatewayRefusals.throttled();
    }

    private Reply resource(EmulatedRequest request) {
        String call = request.method() + " " + request.path();
        if (call.equals("GET " + INSTANCES)) {
            return Reply.json(200, Map.of("instances", List.of(Map.of("id", INSTANCE_ID, "name", "metal-0"))));
        }
        if (call.equals("GET " + INSTANCES + "/" + INSTANCE_ID + "/status")) {
            return Reply.json(200, Map.of("status", "running"));
        }
        if (call.equals("POST " + INSTANCES)) {
            return Reply.json(202, Map.of("id", new UUID(0x696d6574616c0000L, ids.incrementAndGet()).toString()));
        }
        return GatewayRefusals.noSuchApi();
    }

    private Reply login(EmulatedRequest request) {
        JsonNode user = user(request.body());
        boolean right = user.path("name").asText().equals(HuaweiIMetalEmulator.USER)
                && user.path("password").asText().equals(HuaweiIMetalEmulator.PASSWORD)
                && user.path("domain").path("name").asText().equals(HuaweiIMetalEmulator.DOMAIN);
        if (!right) {
            return GatewayRefusals.wrongLogin();
        }
        Instant now = clock.now().truncatedTo(ChronoUnit.SECONDS);
        Instant until = now.plus(TOKEN_LIFETIME);
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("expires_at", until.toString());
        token.put("issued_at", now.toString());
        token.put("methods", List.of("password"));
        return Reply.json(201, Map.of("token", token))
                .with("X-Subject-Token", adapter.press().issue(Map.of("sub", HuaweiIMetalEmulator.USER), until));
    }

    private static JsonNode user(String body) {
        try {
            return Documents.parse(body.isBlank() ? "{}" : body).at("/auth/identity/password/user");
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public Reply refused(Effect.Refusal refusal, EmulatedRequest request) {
        return GatewayRefusals.of(refusal);
    }

    @Override
    public Map<String, String> headers(Reply reply, EmulatedRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Server", "api-gateway");
        if (!reply.headers().containsKey("X-Request-Id")) {
            headers.put("X-Request-Id", new UUID(0x6875617765696f6bL, ids.incrementAndGet()).toString());
        }
        return headers;
    }

    @Override
    public boolean isForToken(EmulatedRequest request) {
        return request.path().equals(LOGIN);
    }

    @Override
    public Reply credentialRefused(EmulatedRequest request) {
        return GatewayRefusals.unauthorized();
    }

    @Override
    public void expireCredentials() {
        adapter.press().expireAll();
        adapter.end(Duration.ZERO);
    }

    @Override
    public void rotateKeys(Duration overlap) {
        adapter.press().rotate(overlap);
        adapter.end(overlap);
    }
}
