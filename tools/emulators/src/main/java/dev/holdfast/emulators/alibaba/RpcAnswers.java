package dev.holdfast.emulators.alibaba;

import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.Reply;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The answers of Alibaba's RPC gateway: the shape seen live (alibaba-cloud-sdk-go#39), codes and sentences of its page of common errors (2026). */
final class RpcAnswers {
    private static final AtomicLong IDS = new AtomicLong();

    private RpcAnswers() {}

    static Reply of(Effect.Refusal refusal) {
        return switch (refusal) {
            case THROTTLED -> error(400, "Throttling.User", "Request was denied due to user flow control.");
            case UPDATING ->
                error(
                        503,
                        "ServiceUnavailable.RegionMaintaining",
                        "The region is being maintained, please try again later.");
            case UNAVAILABLE ->
                error(
                        503,
                        "ServiceUnavailable",
                        "The request has failed due to a temporary failure of the server now.");
            case NOT_YET ->
                error(400, "ServiceIsConfiguring", "A previous configuration is pending; please try again later.");
        };
    }

    static Reply error(int status, String code, String message) {
        String id = id();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("RequestId", id);
        body.put("Message", message);
        body.put("Recommend", "https://api.aliyun.com/troubleshoot?q=" + code + "&product=Slb&requestId=" + id);
        body.put("HostId", "slb.aliyuncs.com");
        body.put("Code", code);
        return Reply.json(status, body).with("x-acs-request-id", id);
    }

    static Reply success(Map<String, Object> document) {
        String id = id();
        Map<String, Object> body = new LinkedHashMap<>(document);
        body.put("RequestId", id);
        return Reply.json(200, body).with("x-acs-request-id", id);
    }

    private static String id() {
        return new UUID(0x616c696261626173L, IDS.incrementAndGet()).toString().toUpperCase(Locale.ROOT);
    }
}
