package dev.holdfast.emulators.alibaba;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.internal.AccessKeys;
import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.EmulatedService;
import dev.holdfast.testkit.emulator.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the RPC gateway checks, and what SLB behind it answers to the few actions that an agent tries itself out on. */
final class AlibabaSlbService implements EmulatedService {
    private static final String VERSION = "2014-05-15";
    /** How far a date may be off, and how long a nonce is remembered (help.aliyun.com 48054; acme.sh#1639). */
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private static final int REMEMBERED = 100_000;

    private final TimeSource clock;
    private final List<AccessKeys> known = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Instant> nonces = new LinkedHashMap<>();
    private final Map<String, String> byClientToken = new LinkedHashMap<>();
    private final AtomicInteger created = new AtomicInteger();

    AlibabaSlbService(TimeSource clock) {
        this.clock = clock;
        AccessKeys permanent = new AccessKeys(clock, "", Duration.ZERO, Duration.ZERO);
        permanent.addPermanent(AlibabaSlbEmulator.ACCESS_KEY_ID, AlibabaSlbEmulator.ACCESS_KEY_SECRET);
        known.add(permanent);
    }

    void know(AccessKeys keys) {
        known.add(keys);
    }

    int created() {
        return created.get();
    }

    @Override
    public Reply answer(EmulatedRequest request) {
        Acs3Check signature = Acs3Check.of(request);
        if (signature == null) {
            return RpcAnswers.error(
                    400, "IncompleteSignature", "The request signature does not conform to Aliyun standards.");
        }
        Reply refused = check(signature);
        return refused == null ? action(request) : refused;
    }

    private @Nullable Reply check(Acs3Check signature) {
        Instant signedAt = signature.signedAt();
        if (signedAt == null) {
            return RpcAnswers.error(
                    400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
        }
        Instant now = clock.now();
        if (Duration.between(signedAt, now).abs().compareTo(WINDOW) > 0) {
            return RpcAnswers.error(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
        }
        AccessKeys.Key key = AccessKeys.find(known, signature.key());
        if (key == null) {
            return RpcAnswers.error(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        }
        Reply refused = token(key, signature.request().headers().first("x-acs-security-token"), now);
        if (refused != null) {
            return refused;
        }
        if (!signature.isBy(key.secret())) {
            return RpcAnswers.error(
                    400,
                    "SignatureDoesNotMatch",
                    "Specified signature is not matched with our calculation. server string to sign is:"
                            + signature.stringToSign() + "server canonicalRequest is:" + signature.canonicalRequest());
        }
        return isNew(signature.nonce(), now)
                ? null
                : RpcAnswers.error(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
    }

    private static @Nullable Reply token(AccessKeys.Key key, @Nullable String token, Instant now) {
        if (key.hasToken(token)) {
            return now.isBefore(key.until())
                    ? null
                    : RpcAnswers.error(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
        }
        return token == null
                ? RpcAnswers.error(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.")
                : RpcAnswers.error(
                        400,
                        "InvalidSecurityToken.MismatchWithAccessKey",
                        "Specified SecurityToken mismatch with the AccessKey.");
    }

    private boolean isNew(String nonce, Instant now) {
        lock.lock();
        try {
            nonces.values().removeIf(used -> Duration.between(used, now).compareTo(WINDOW) > 0);
            if (nonces.size() > REMEMBERED) {
                nonces.remove(nonces.keySet().iterator().next());
            }
            return !nonce.isEmpty() && nonces.putIfAbsent(nonce, now) == null;
        } finally {
            lock.unlock();
        }
    }

    private Reply action(EmulatedRequest request) {
        if (!VERSION.equals(request.headers().first("x-acs-version"))) {
            return RpcAnswers.error(400, "NoSuchVersion", "Specified version does not exist, please check your input.");
        }
        return switch (String.valueOf(request.headers().first("x-acs-action"))) {
            case "DescribeRegions" ->
                RpcAnswers.success(Map.of("Regions", Map.of("Region", List.of(Map.of("RegionId", "cn-hangzhou")))));
            case "DescribeLoadBalancers" ->
                RpcAnswers.success(Map.of(
                        "TotalCount",
                        created.get(),
                        "PageNumber",
                        1,
                        "LoadBalancers",
                        Map.of("LoadBalancer", balancers())));
            case "CreateLoadBalancer" ->
                RpcAnswers.success(Map.of("LoadBalancerId", create(request.parameter("ClientToken"))));
            default ->
                RpcAnswers.error(
                        404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method.");
        };
    }

    private List<Map<String, String>> balancers() {
        lock.lock();
        try {
            return byClientToken.values().stream()
                    .map(id -> Map.of("LoadBalancerId", id, "LoadBalancerStatus", "active"))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private String create(@Nullable String clientToken) {
        lock.lock();
        try {
            String token = clientToken == null ? "none-" + created.get() : clientToken;
            if (byClientToken.size() > REMEMBERED) {
                byClientToken.remove(byClientToken.keySet().iterator().next());
            }
            return byClientToken.computeIfAbsent(token, each -> "lb-bp1emulated" + created.incrementAndGet());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Reply refused(Effect.Refusal refusal, EmulatedRequest request) {
        return RpcAnswers.of(refusal);
    }

    @Override
    public Map<String, String> headers(Reply reply, EmulatedRequest request) {
        return Map.of("Server", "Tengine", "x-acs-trace-id", "0000000000000000");
    }

    @Override
    public boolean isForToken(EmulatedRequest request) {
        return false;
    }

    @Override
    public Reply credentialRefused(EmulatedRequest request) {
        return request.headers().first("x-acs-security-token") == null
                ? RpcAnswers.error(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
                : RpcAnswers.error(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
    }

    @Override
    public void expireCredentials() {
        known.forEach(keys -> keys.end(Duration.ZERO));
    }

    @Override
    public void rotateKeys(Duration overlap) {
        known.forEach(keys -> keys.end(overlap));
    }
}
