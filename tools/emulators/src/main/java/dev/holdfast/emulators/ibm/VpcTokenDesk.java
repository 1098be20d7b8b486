package dev.holdfast.emulators.ibm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.internal.Documents;
import dev.holdfast.emulators.internal.SignedTokens;
import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes identity tokens, exchanges them for IAM tokens and checks both; one is never taken for the other. */
final class VpcTokenDesk {
    static final String IDENTITY = "instance_identity";
    static final String IAM = "iam";

    private static final int DEFAULT_SECONDS = 300;
    private static final int LEAST_SECONDS = 5;
    private static final int MOST_SECONDS = 3600;
    private static final Duration IAM_LIFETIME = Duration.ofHours(1);

    private final TimeSource clock;
    private final SignedTokens press;
    private volatile boolean defaultProfile = true;

    VpcTokenDesk(TimeSource clock) {
        this.clock = clock;
        this.press = new SignedTokens(clock);
    }

    SignedTokens press() {
        return press;
    }

    void withoutDefaultProfile() {
        defaultProfile = false;
    }

    boolean accepts(EmulatedRequest request, String use) {
        String token = request.bearer();
        SignedTokens.Reading reading = press.read(token == null ? "" : token);
        return reading.good() && reading.claims().path("use").asText().equals(use);
    }

    Reply identity(EmulatedRequest request) {
        String flavor = request.headers().first("Metadata-Flavor");
        if (!"ibm".equals(flavor)) {
            return VpcRefusals.flavorMissing();
        }
        JsonNode body = body(request);
        if (body == null) {
            return VpcRefusals.malformed();
        }
        String unknown = unknownField(body, Set.of("expires_in", "nonce"));
        if (unknown != null) {
            return VpcRefusals.unknownField(unknown);
        }
        JsonNode wanted = body.path("expires_in");
        int seconds = wanted.isMissingNode() ? DEFAULT_SECONDS : wanted.isInt() ? wanted.asInt() : -1;
        return seconds < LEAST_SECONDS || seconds > MOST_SECONDS
                ? VpcRefusals.expiresIn(wanted.asText())
                : issued(IDENTITY, IbmVpcMetadataEmulator.INSTANCE_CRN, Duration.ofSeconds(seconds));
    }

    Reply exchange(EmulatedRequest request) {
        if (!accepts(request, IDENTITY)) {
            return VpcRefusals.unauthenticated();
        }
        JsonNode body = body(request);
        if (body == null) {
            return VpcRefusals.malformed();
        }
        JsonNode profile = body.path("trusted_profile");
        String unknown = unknownField(body, Set.of("trusted_profile"));
        unknown = unknown == null ? unknownField(profile, Set.of("id", "crn", "name")) : unknown;
        if (unknown != null) {
            return VpcRefusals.unknownField(unknown);
        }
        if (profile.isEmpty()) {
            return defaultProfile
                    ? issued(IAM, IbmVpcMetadataEmulator.PROFILE_ID, IAM_LIFETIME)
                    : VpcRefusals.noProfile();
        }
        boolean linked = isOrAbsent(profile.path("id"), IbmVpcMetadataEmulator.PROFILE_ID)
                && isOrAbsent(profile.path("name"), IbmVpcMetadataEmulator.PROFILE_NAME)
                && isOrAbsent(profile.path("crn"), IbmVpcMetadataEmulator.PROFILE_CRN);
        return linked
                ? issued(IAM, IbmVpcMetadataEmulator.PROFILE_ID, IAM_LIFETIME)
                : VpcRefusals.of(Effect.Refusal.NOT_YET);
    }

    private Reply issued(String use, String subject, Duration lifetime) {
        // Seconds, because a token's claims have no parts of them.
        Instant now = clock.now().truncatedTo(ChronoUnit.SECONDS);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", use.equals(IDENTITY) ? "VSI-CR_us-south" : "https://iam.cloud.ibm.com/identity");
        claims.put("sub", subject);
        claims.put("use", use);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", press.issue(claims, now.plus(lifetime)));
        body.put("created_at", now.toString());
        body.put("expires_at", now.plus(lifetime).toString());
        body.put("expires_in", lifetime.toSeconds());
        return Reply.json(200, body);
    }

    /** An object, also where there is no body at all; null where it is anything else. */
    private static @Nullable JsonNode body(EmulatedRequest request) {
        try {
            JsonNode body = Documents.parse(request.body().isBlank() ? "{}" : request.body());
            return body.isObject() ? body : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static @Nullable String unknownField(JsonNode object, Set<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                return name;
            }
        }
        return null;
    }

    private static boolean isOrAbsent(JsonNode value, String known) {
        return value.isMissingNode() || value.asText().equals(known);
    }
}
