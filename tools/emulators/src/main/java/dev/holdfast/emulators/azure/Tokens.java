package dev.holdfast.emulators.azure;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.internal.SignedTokens;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of the VM's two identities. As the real endpoint does, it hands out the same one until it is nearly over, unless {@code
 * bypass_cache=true}: also one that somebody has refused.
 */
final class Tokens {
    private static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(5);

    private final TimeSource clock;
    private final SignedTokens press;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Token> issued = new HashMap<>();
    private Duration lifetime = Duration.ofHours(24);
    private boolean assigned = true;

    Tokens(TimeSource clock) {
        this.clock = clock;
        this.press = new SignedTokens(clock);
    }

    private record Token(String text, Instant from, Instant until) {}

    /** One of the two, by what names it. */
    private record Identity(
            String clientId, String objectId, @Nullable String resourceId) {
        static final Identity SYSTEM =
                new Identity(AzureImdsEmulator.SYSTEM_CLIENT_ID, AzureImdsEmulator.SYSTEM_OBJECT_ID, null);
        static final Identity USER = new Identity(
                AzureImdsEmulator.CLIENT_ID, AzureImdsEmulator.OBJECT_ID, AzureImdsEmulator.IDENTITY_RESOURCE_ID);

        boolean is(EmulatedRequest request) {
            return isOrAbsent(request.parameter("client_id"), clientId)
                    && isOrAbsent(request.parameter("object_id"), objectId)
                    && isOrAbsent(request.parameter("msi_res_id"), resourceId)
                    && isOrAbsent(request.parameter("mi_res_id"), resourceId);
        }

        private static boolean isOrAbsent(@Nullable String value, @Nullable String known) {
            return value == null || value.equalsIgnoreCase(known);
        }
    }

    SignedTokens press() {
        return press;
    }

    void lastFor(Duration length) {
        lock.lock();
        try {
            lifetime = length;
        } finally {
            lock.unlock();
        }
    }

    void unassign() {
        lock.lock();
        try {
            assigned = false;
        } finally {
            lock.unlock();
        }
    }

    Reply issue(EmulatedRequest request) {
        String resource = request.parameter("resource");
        if (resource == null || resource.isEmpty()) {
            return Refusals.coded(400, "invalid_request", "Required audience parameter not specified");
        }
        // Without a name it is the VM's own.
        Identity identity = Identity.SYSTEM.is(request) ? Identity.SYSTEM : Identity.USER;
        lock.lock();
        try {
            if (!assigned || !identity.is(request)) {
                return Refusals.coded(400, "invalid_request", "Identity not found");
            }
            Instant now = clock.now();
            boolean fresh = "true".equalsIgnoreCase(request.parameter("bypass_cache"));
            return reply(token(identity, resource, fresh, now), identity, resource, now);
        } finally {
            lock.unlock();
        }
    }

    private static Reply reply(Token token, Identity identity, String resource, Instant now) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("access_token", token.text());
        body.put("client_id", identity.clientId());
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

    private Token token(Identity identity, String resource, boolean fresh, Instant now) {
        String key = identity.clientId() + " " + resource.toLowerCase(Locale.ROOT);
        Token old = issued.get(key);
        if (old != null
                && !fresh
                && now.isBefore(old.until().minus(shorter(RENEWED_BEFORE_END, lifetime.dividedBy(2))))) {
            return old;
        }
        Instant until = now.plus(lifetime);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", resource);
        claims.put("appid", identity.clientId());
        claims.put("oid", identity.objectId());
        claims.put("tid", AzureImdsEmulator.TENANT_ID);
        Token token = new Token(press.issue(claims, until), now, until);
        issued.put(key, token);
        return token;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
