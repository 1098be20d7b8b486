package dev.holdfast.testkit.emulator;

import dev.holdfast.core.time.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The identity's tokens. As the real endpoint does, it hands out the same one until it is nearly over, unless {@code bypass_cache=true}.
 * They have the form of a JWT and the signature of none.
 */
final class Tokens {
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(5);

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Token> issued = new HashMap<>();
    private int count;

    Tokens(Clock clock) {
        this.clock = clock;
    }

    private record Token(String text, Instant from, Instant until) {}

    Reply issue(ImdsRequest request) {
        String resource = request.parameter("resource");
        if (resource == null || resource.isEmpty()) {
            return Refusals.coded(400, "invalid_request", "Required audience parameter not specified");
        }
        if (!knows(request)) {
            return Refusals.coded(400, "invalid_request", "Identity not found");
        }
        Instant now = clock.now();
        Token token = token(resource, "true".equalsIgnoreCase(request.parameter("bypass_cache")), now);
        Map<String, String> body = new LinkedHashMap<>();
        body.put("access_token", token.text());
        body.put("client_id", AzureImdsEmulator.CLIENT_ID);
        // Numbers as strings: that is how the real endpoint sends them.
        String left = Long.toString(Duration.between(now, token.until()).toSeconds());
        body.put("expires_in", left);
        body.put("expires_on", Long.toString(token.until().getEpochSecond()));
        body.put("ext_expires_in", left);
        body.put("not_before", Long.toString(token.from().getEpochSecond()));
        body.put("resource", resource);
        body.put("token_type", "Bearer");
        return Reply.json(200, body);
    }

    private static boolean knows(ImdsRequest request) {
        return isOrAbsent(request.parameter("client_id"), AzureImdsEmulator.CLIENT_ID)
                && isOrAbsent(request.parameter("object_id"), AzureImdsEmulator.OBJECT_ID)
                && isOrAbsent(request.parameter("msi_res_id"), AzureImdsEmulator.IDENTITY_RESOURCE_ID)
                && isOrAbsent(request.parameter("mi_res_id"), AzureImdsEmulator.IDENTITY_RESOURCE_ID);
    }

    private static boolean isOrAbsent(@Nullable String value, String known) {
        return value == null || value.equalsIgnoreCase(known);
    }

    private Token token(String resource, boolean fresh, Instant now) {
        lock.lock();
        try {
            Token old = issued.get(resource);
            if (old != null && !fresh && now.isBefore(old.until().minus(RENEWED_BEFORE_END))) {
                return old;
            }
            Instant until = now.plus(LIFETIME);
            Map<String, Object> claims = new LinkedHashMap<>();
            claims.put("aud", resource);
            claims.put("appid", AzureImdsEmulator.CLIENT_ID);
            claims.put("exp", until.getEpochSecond());
            claims.put("uti", "emulated-" + ++count);
            Token token = new Token(
                    encoded("{\"typ\":\"JWT\",\"alg\":\"none\"}") + "." + encoded(Documents.write(claims)) + "."
                            + encoded("not a signature"),
                    now,
                    until);
            issued.put(resource, token);
            return token;
        } finally {
            lock.unlock();
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
