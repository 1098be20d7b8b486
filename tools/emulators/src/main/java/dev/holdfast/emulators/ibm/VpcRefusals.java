package dev.holdfast.emulators.ibm;

import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The metadata service's errors: the codes and example sentences of its error page (2025-07-31), in the shape that was captured live, with
 * the trace in a header too (ibm-cloud-cli-sdk#327). The ones marked "not seen" are ours: no public trace of the real ones was found.
 */
final class VpcRefusals {
    private static final String MORE = "https://cloud.ibm.com/docs/vpc?topic=vpc-instance-metadata-error-codes";
    private static final AtomicLong TRACES = new AtomicLong();

    private VpcRefusals() {}

    /** What an error is about. */
    record Target(String name, String type, @Nullable String value) {
        static Target header(String name) {
            return new Target(name, "header", null);
        }

        static Target parameter(String name, @Nullable String value) {
            return new Target(name, "parameter", value);
        }

        static Target field(String name, @Nullable String value) {
            return new Target(name, "field", value);
        }
    }

    static Reply of(Effect.Refusal refusal) {
        return switch (refusal) {
            // None of these is documented for this service: all but the last status is answered by any gateway.
            case THROTTLED -> error(429, "rate_limit_exceeded", "Too many requests.", null);
            case UPDATING -> error(410, "service_error", "The service is being updated.", null);
            case UNAVAILABLE -> error(503, "service_error", "An internal error occurred.", null);
            case NOT_YET ->
                error(
                        400,
                        "profile_not_linked",
                        "The virtual server instance is not linked to the specified trusted profile.",
                        null);
        };
    }

    static Reply malformed() {
        return error(400, "invalid_request", "The request body was malformed.", null);
    }

    static Reply unknownField(String name) {
        return error(
                400,
                "unknown_field",
                "Unknown property `" + name + "` was specified in the request body.",
                Target.field(name, null));
    }

    static Reply expiresIn(String value) {
        return error(
                400,
                "invalid_value",
                "The value provided for the `expires_in` field must be between `5` and `3600`.",
                Target.field("expires_in", value));
    }

    static Reply flavorMissing() {
        return error(
                400,
                "missing_value",
                "A value such as `ibm` must be provided in the `Metadata-Flavor` header.",
                Target.header("Metadata-Flavor"));
    }

    static Reply version(@Nullable String value, String earliest) {
        if (value == null) {
            return error(
                    400,
                    "missing_value",
                    "The `version` query parameter must be provided.",
                    Target.parameter("version", null));
        }
        // The name held the value, live.
        return error(
                400,
                "invalid_version_range",
                "The `version` value cannot be before " + earliest + ".",
                new Target(value, "parameter", null));
    }

    static Reply versionForm(String value) {
        return error(
                400,
                "invalid_value",
                "The `version` query parameter must be a date such as `2025-08-26`.",
                Target.parameter("version", value));
    }

    /** Not seen. */
    static Reply forwarded() {
        return error(
                403,
                "unauthorized",
                "Requests with an `X-Forwarded-For` header are not allowed.",
                Target.header("X-Forwarded-For"));
    }

    static Reply disabled() {
        return error(403, "unauthorized", "The metadata service is not enabled on the provided instance.", null);
    }

    /** For no token too: what that gives is not documented. */
    static Reply unauthenticated() {
        return error(401, "unauthenticated", "The provided token is invalid or expired.", null);
    }

    static Reply noProfile() {
        return error(
                400,
                "missing_field",
                "A trusted profile ID was not passed in the request body.",
                Target.field("trusted_profile", null));
    }

    static Reply notFound(String what) {
        return error(404, "not_found", what + " not found.", null);
    }

    /** Not seen. */
    static Reply wrongMethod() {
        return error(405, "method_not_allowed", "The method is not allowed.", null);
    }

    static Reply error(int status, String code, String message, @Nullable Target target) {
        String trace = new UUID(0x69626d2d76706331L, TRACES.incrementAndGet()).toString();
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        error.put("more_info", MORE);
        if (target != null) {
            Map<String, String> about = new LinkedHashMap<>();
            about.put("name", target.name());
            about.put("type", target.type());
            if (target.value() != null) {
                about.put("value", target.value());
            }
            error.put("target", about);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("errors", List.of(error));
        body.put("status_code", status);
        body.put("trace", trace);
        return Reply.json(status, body).with("X-Request-Id", trace);
    }
}
