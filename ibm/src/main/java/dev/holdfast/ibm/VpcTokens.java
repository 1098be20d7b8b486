package dev.holdfast.ibm;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks into what token calls call a success: an agent that reads no token from it would otherwise send an empty one and be refused for
 * another reason (as mondoohq/mql does).
 */
final class VpcTokens {
    private static final String[] ROOTS = {"/identity/v1/", "/instance_identity/v1/"};

    private VpcTokens() {}

    static @Nullable ServiceError failure(ResponseView answer, @Nullable RequestView request) {
        String token = Document.read(answer, VpcErrors.MEMBERS).root().text("access_token");
        if (token != null && isUsable(token)) {
            return null;
        }
        ServiceError said = VpcErrors.parse(answer);
        ServiceError error = ServiceError.of("empty_access_token", "The answer holds no usable access_token.")
                .withRequestIds(said.requestIds());
        return said.parsed()
                ? error.withFurther(List.of(new ServiceError.Further(said.code(), said.message(), said.target())))
                : error;
    }

    /** The last segment under either of the two roots, whatever version date goes with it: a wrong pair must be told as such. */
    static boolean isIdentityPath(String path, String... names) {
        for (String root : ROOTS) {
            for (String name : names) {
                if (path.equalsIgnoreCase(root + name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What may stand in an Authorization header. */
    private static boolean isUsable(String token) {
        return token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
