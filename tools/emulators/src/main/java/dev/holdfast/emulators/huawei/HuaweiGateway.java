package dev.holdfast.emulators.huawei;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.internal.AccessKeys;
import dev.holdfast.emulators.internal.SignedTokens;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Who may pass the API gateway: tokens and signatures are checked, and a key that fails too often is locked (OTC APIG FAQ apig-faq-0003). */
final class HuaweiGateway {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration LOCK = Duration.ofMinutes(5);
    private static final int TOLERATED = 5;
    private static final int REMEMBERED = 1_000;

    private final TimeSource clock;
    private final SignedTokens press;
    private final List<AccessKeys> known = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Instant> lockedUntil = new HashMap<>();

    HuaweiGateway(TimeSource clock) {
        this.clock = clock;
        this.press = new SignedTokens(clock);
    }

    SignedTokens press() {
        return press;
    }

    void know(AccessKeys keys) {
        known.add(keys);
    }

    void end(Duration soon) {
        known.forEach(keys -> keys.end(soon));
    }

    /** Null for who may pass. */
    @Nullable
    Reply check(EmulatedRequest request) {
        String token = request.headers().first("X-Auth-Token");
        if (token != null) {
            return switch (press.read(token).state()) {
                case GOOD -> null;
                case EXPIRED -> GatewayRefusals.error(401, "APIGW.0307", "The token must be updated.");
                case UNKNOWN -> GatewayRefusals.authentication("decrypt token fail");
            };
        }
        SdkHmacCheck signature = SdkHmacCheck.of(request);
        if (signature == null) {
            boolean other = request.headers().first("Authorization") != null;
            return GatewayRefusals.authentication(other ? "Authorization format error" : "x-auth-token not found");
        }
        if (isLocked(signature.key())) {
            return GatewayRefusals.authentication("AK access failed to reach the limit,forbidden: " + signature.key());
        }
        Reply refused = check(signature);
        count(signature.key(), refused != null);
        return refused;
    }

    private @Nullable Reply check(SdkHmacCheck signature) {
        AccessKeys.Key key = AccessKeys.find(known, signature.key());
        if (key == null) {
            return GatewayRefusals.authentication("ak " + signature.key() + " not exist");
        }
        Instant now = clock.now();
        Instant signedAt = signature.signedAt();
        if (signedAt == null) {
            return GatewayRefusals.authentication("verify aksk signature fail, X-Sdk-Date is missing or no date");
        }
        if (Duration.between(signedAt, now).abs().compareTo(WINDOW) > 0) {
            return GatewayRefusals.authentication("calc aksk signature fail:signature expired, signature time:"
                    + signature.date() + ",server time:" + GatewayRefusals.basic(now));
        }
        if (!now.isBefore(key.until())) {
            return GatewayRefusals.authentication("Get secretKey failed,ak:" + signature.key() + ",err:ak not exist");
        }
        // The text for a wrong security token was not seen.
        if (!key.hasToken(signature.request().headers().first("X-Security-Token"))) {
            return GatewayRefusals.authentication("decrypt token fail");
        }
        return signature.isBy(key.secret())
                ? null
                : GatewayRefusals.authentication("verify aksk signature fail, canonicalRequest:"
                        + signature.canonicalRequest().replace('\n', '|'));
    }

    private boolean isLocked(String key) {
        lock.lock();
        try {
            Instant until = lockedUntil.get(key);
            if (until == null) {
                return false;
            }
            if (clock.now().isBefore(until)) {
                return true;
            }
            lockedUntil.remove(key);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void count(String key, boolean failed) {
        lock.lock();
        try {
            int inRow = failed ? failures.merge(key, 1, Integer::sum) : 0;
            if (inRow > TOLERATED) {
                lockedUntil.put(key, clock.now().plus(LOCK));
            }
            if (!failed || inRow > TOLERATED || failures.size() > REMEMBERED) {
                failures.remove(key);
            }
        } finally {
            lock.unlock();
        }
    }
}
