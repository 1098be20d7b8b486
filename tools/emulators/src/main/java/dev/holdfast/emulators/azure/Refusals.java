package dev.holdfast.emulators.azure;

import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The service's errors. One path has a code and a description, the others have a sentence; the load balancer's sentences are those of its
 * error table (2021-02-12). The words marked "not seen" are ours: no public trace of the real ones was found.
 */
final class Refusals {
    private Refusals() {}

    static Reply of(Effect.Refusal refusal, EmulatedRequest request) {
        return switch (refusal) {
            case THROTTLED -> throttled(request);
            // Not seen.
            case UPDATING ->
                ImdsPaths.isIdentity(request)
                        ? coded(410, "service_unavailable", "The service is being updated")
                        : sentence(410, "Gone");
            case UNAVAILABLE ->
                ImdsPaths.isIdentity(request)
                        ? coded(503, "service_unavailable", "Service unavailable")
                        : sentence(
                                503,
                                ImdsPaths.isLoadBalancer(request)
                                        ? "Internal service unavailable. Please retry later"
                                        : "Service unavailable");
            case NOT_YET ->
                ImdsPaths.isLoadBalancer(request)
                        ? sentence(404, "Load Balancer metadata API is not available right now. Please retry later")
                        : notFound(request);
        };
    }

    static Reply throttled(EmulatedRequest request) {
        return ImdsPaths.isIdentity(request)
                ? coded(429, "invalid_request", "Temporarily throttled, too many requests")
                : sentence(429, "Too many requests");
    }

    static Reply headerMissing(EmulatedRequest request) {
        return ImdsPaths.isIdentity(request)
                ? coded(400, "invalid_request", "Required metadata header not specified")
                // Spaces and the lonely point included, as it was seen live.
                : Reply.json(400, "{ \"error\": \"Bad request: . Required metadata header not specified\" }");
    }

    /** Not seen. */
    static Reply forwarded(EmulatedRequest request) {
        String text = "Request must not have an X-Forwarded-For header";
        return ImdsPaths.isIdentity(request)
                ? coded(400, "invalid_request", text)
                : sentence(400, "Bad request: . " + text);
    }

    static Reply wrongMethod(EmulatedRequest request) {
        if (ImdsPaths.isLoadBalancer(request)) {
            return sentence(405, "Http method is not allowed: " + pathAndMethod(request));
        }
        // Not seen.
        return ImdsPaths.isIdentity(request)
                ? coded(405, "method_not_allowed", "Method not allowed")
                : sentence(405, "Method not allowed");
    }

    static Reply duplicates(EmulatedRequest request) {
        if (ImdsPaths.isLoadBalancer(request)) {
            return sentence(400, "Unexpected request. Please check the query parameters and retry.");
        }
        // Not seen.
        String text = "Duplicate query parameters";
        return ImdsPaths.isIdentity(request)
                ? coded(400, "invalid_request", text)
                : sentence(400, "Bad request. " + text);
    }

    static Reply version(EmulatedRequest request, List<String> known) {
        String asked = request.parameter("api-version");
        if (ImdsPaths.isLoadBalancer(request)) {
            return sentence(
                    400,
                    (asked == null
                                    ? "Missing required parameter \"api-version\"."
                                    : "Parameter value \"" + asked + "\" is not allowed for parameter \"api-version\".")
                            + " Please fix the request and retry.");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "error",
                "Bad request. api-version is invalid or was not specified in the request. For more information refer to aka.ms/azureimds");
        body.put(
                "newest-versions",
                known.stream()
                        .skip(Math.max(0, known.size() - 3))
                        .sorted((a, b) -> b.compareTo(a))
                        .toList());
        return Reply.json(400, body);
    }

    static Reply notFound(EmulatedRequest request) {
        if (ImdsPaths.isLoadBalancer(request)) {
            return sentence(404, "API is not found: " + pathAndMethod(request));
        }
        return ImdsPaths.isIdentity(request) ? coded(404, "not_found", "Not found") : sentence(404, "Not found");
    }

    /** What else listens on the address answers in XML. */
    static Reply notMetadata() {
        return Reply.xml(
                404,
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>ResourceNotFound</Code>"
                        + "<Message>The specified resource does not exist.</Message><Details></Details></Error>");
    }

    static Reply noLoadBalancer() {
        return sentence(
                404,
                "No load balancer metadata is found. Please check if your VM is using any non-basic SKU load balancer and retry later.");
    }

    /** Not seen. */
    static Reply leafWantsText() {
        return sentence(400, "Bad request. A leaf needs format=text");
    }

    static Reply sentence(int status, String sentence) {
        return Reply.json(status, Map.of("error", sentence));
    }

    static Reply coded(int status, String code, String description) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("error", code);
        body.put("error_description", description);
        return Reply.json(status, body);
    }

    private static String pathAndMethod(EmulatedRequest request) {
        return "Path = \"" + request.path() + "\", Method = \"" + request.method() + "\"";
    }
}
