package dev.holdfast.emulators.azure;

import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Resource Manager's errors and VM Inspector's, as their tables and live answers have them. */
final class ArmRefusals {
    private static final DateTimeFormatter US =
            DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);
    private static final String GATEWAY = "x-ms-failure-cause";

    private ArmRefusals() {}

    static Reply of(Effect.Refusal refusal) {
        return switch (refusal) {
            case THROTTLED ->
                coded(
                                429,
                                "SubscriptionRequestsThrottled",
                                "Number of requests for subscription exceeded the limit. Please try again after '7' seconds.")
                        .with("Retry-After", "7");
            case UPDATING, UNAVAILABLE ->
                coded(
                        503,
                        "ServerTimeout",
                        "The request timed out. Diagnostic information: timestamp '', subscription id '', tracking id '', request correlation id ''.");
            case NOT_YET -> notFound("diagnosticOperations");
        };
    }

    static Reply authorizationMissing() {
        return unauthenticated("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
    }

    static Reply authorizationMalformed() {
        return unauthenticated(
                "AuthenticationFailedInvalidHeader",
                "Authentication failed. The 'Authorization' header is provided in an invalid format.");
    }

    static Reply tokenInvalid() {
        return unauthenticated("InvalidAuthenticationToken", "The access token is invalid.");
    }

    static Reply tokenExpired(Instant until, Instant now) {
        return unauthenticated(
                "ExpiredAuthenticationToken",
                "The access token expiry UTC time '" + US.format(until) + "' is earlier than current UTC time '"
                        + US.format(now) + "'.");
    }

    static Reply audience(String audience) {
        return unauthenticated(
                "InvalidAuthenticationTokenAudience",
                "The access token has been obtained for wrong audience or resource '" + audience
                        + "'. It should exactly match with one of the allowed audiences 'https://management.core.windows.net/','https://management.azure.com/'.");
    }

    /** What continuous access evaluation answers: the client is to ask for a token with these claims. */
    static Reply claims(String claims, boolean urlSafe) {
        Base64.Encoder alphabet = urlSafe ? Base64.getUrlEncoder().withoutPadding() : Base64.getEncoder();
        String encoded = alphabet.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return coded(401, "InvalidAuthenticationToken", "The access token is not valid any more: policy has changed.")
                .with(GATEWAY, "gateway")
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\""
                                + encoded + "\"");
    }

    static Reply versionMissing() {
        return coded(
                        400,
                        "MissingApiVersionParameter",
                        "The api-version query parameter (?api-version=) is required for all requests.")
                .with(GATEWAY, "gateway");
    }

    static Reply parameter(String name) {
        return coded(400, "InvalidParameter", "The input parameter '" + name + "' is invalid.")
                .with(GATEWAY, "service");
    }

    static Reply sas(String message) {
        return coded(400, "InvalidBlobUploadSASUri", "Input parameter 'uploadSasUri' " + message)
                .with(GATEWAY, "service");
    }

    static Reply operationNotFound(String id, String location, String subscription) {
        return coded(
                        404,
                        "DiagnosticOperationNotFound",
                        "Diagnostic operation with operationId: " + id + " is not found in location: " + location
                                + " for subscription: " + subscription
                                + ". Please check subscription and location values and try again.")
                .with(GATEWAY, "service");
    }

    static Reply notFound(String what) {
        return coded(404, "InvalidResourceType", "The resource type '" + what + "' could not be found.")
                .with(GATEWAY, "gateway");
    }

    static Reply coded(int status, String code, String message) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        return Reply.json(status, Map.of("error", error));
    }

    private static Reply unauthenticated(String code, String message) {
        return coded(401, code, message)
                .with(GATEWAY, "gateway")
                .with(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=\"https://login.microsoftonline.com/" + AzureImdsEmulator.TENANT_ID
                                + "\", error=\"invalid_token\", error_description=\"" + code + "\"");
    }
}
