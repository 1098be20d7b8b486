package dev.holdfast.azure;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.response.ServiceError.Further;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The claims that a 401 demands of the next token: {@code WWW-Authenticate: Bearer …, error="insufficient_claims", claims="…"}, base64 of JSON
 * (Entra, claims challenge). There may be several such headers, their parameters come in any order, and azure-core reads one alphabet in one
 * policy and the other in another, so both are taken, padded or not.
 */
final class ClaimsChallenge {
    private static final String CODE = "insufficient_claims";
    private static final Pattern PARAMETER = Pattern.compile("(?i)(?:^|[\\s,])claims\\s*=\\s*\"([^\"]*)\"");
    private static final Pattern ERROR = Pattern.compile("(?i)(?:^|[\\s,])error\\s*=\\s*\"?([a-z_]+)");

    /** Whether it is an object is all that is asked. */
    private static final Members NOTHING = Members.of();

    private ClaimsChallenge() {}

    /** What stands among the further errors of such a refusal, or null. */
    static @Nullable Further read(ResponseView answer) {
        if (answer.status() != 401) {
            return null;
        }
        for (String header : answer.headers().all("WWW-Authenticate")) {
            Matcher claims = PARAMETER.matcher(header);
            Matcher error = ERROR.matcher(header);
            boolean demanded = !error.find() || error.group(1).equalsIgnoreCase(CODE);
            String json = demanded && claims.find() ? decoded(claims.group(1)) : null;
            if (json != null) {
                return new Further(CODE, json, "claims");
            }
        }
        return null;
    }

    /** The claims that a refusal demanded, JSON, or null. */
    static @Nullable String of(ServiceError error) {
        for (Further further : error.further()) {
            if (CODE.equals(further.code()) && "claims".equals(further.target())) {
                return further.message();
            }
        }
        return null;
    }

    private static @Nullable String decoded(String text) {
        String standard = text.replace('-', '+').replace('_', '/').replaceAll("=+$", "");
        try {
            String json = new String(Base64.getDecoder().decode(standard), StandardCharsets.UTF_8);
            // A longer one would be cut, and half a demand is none.
            boolean whole = json.length() <= ServiceError.MESSAGE_LIMIT;
            return whole && Document.read(json, NOTHING).root().isObject() ? json : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
