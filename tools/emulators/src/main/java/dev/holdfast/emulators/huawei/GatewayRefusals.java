package dev.holdfast.emulators.huawei;

import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.Reply;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The errors of Huawei's API gateway and of iMetal behind it: codes and statuses of the gateway's table (devg-apisign api-sign-errorcode, 2025-10-20) and
 * of iMetal's (2025-07-25), sentences as seen live (huaweicloud-sdk-java-v3#44, NewFuture/DDNS#136).
 */
final class GatewayRefusals {
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final AtomicLong IDS = new AtomicLong();

    private GatewayRefusals() {}

    static Reply of(Effect.Refusal refusal) {
        return switch (refusal) {
            case THROTTLED -> throttled();
            case UPDATING, UNAVAILABLE -> error(503, "APIGW.0613", "The IAM service is currently unavailable.");
            case NOT_YET ->
                error(
                        400,
                        "iMetal.0101",
                        "Physical servers state is not ready: [8a5d4f0e-0f6c-4f0a-9d53-1d1c3f1b2a77]");
        };
    }

    static Reply throttled() {
        return error(
                429,
                "APIGW.0308",
                "The throttling threshold has been reached: policy user over ratelimit,limit:200,time:1 second");
    }

    static Reply authentication(String reason) {
        return error(401, "APIGW.0301", "Incorrect IAM authentication information: " + reason);
    }

    static Reply noSuchApi() {
        return error(404, "APIGW.0101", "The API does not exist or has not been published in the environment");
    }

    /** iMetal's own refusal of a credential. */
    static Reply unauthorized() {
        return error(401, "iMetal.0003", "Unauthorized");
    }

    /** IAM's answer to a login with wrong data, in the shape of Keystone. */
    static Reply wrongLogin() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", 401);
        error.put("message", "The username or password is wrong.");
        error.put("title", "Unauthorized");
        return Reply.json(401, Map.of("error", error));
    }

    static Reply error(int status, String code, String message) {
        String id =
                new UUID(0x6875617765696d65L, IDS.incrementAndGet()).toString().replace("-", "");
        Map<String, String> body = new LinkedHashMap<>();
        body.put("error_msg", message);
        body.put("error_code", code);
        body.put("request_id", id);
        return Reply.json(status, body).with("X-Request-Id", id);
    }

    static String basic(Instant time) {
        return BASIC.format(time);
    }
}
