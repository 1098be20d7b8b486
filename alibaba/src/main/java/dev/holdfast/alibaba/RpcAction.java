package dev.holdfast.alibaba;

import dev.holdfast.core.response.RequestView;
import org.jspecify.annotations.Nullable;

/**
 * What an RPC request asks for. The action stands in the query, even of a POST, or with signature version 3 in a header
 * (aliyun-openapi-java-sdk and aliyun/darabonba-openapi, 2026). One that is hidden in a form body is not seen, and counts as a write.
 */
final class RpcAction {
    private static final String[] READS = {"Describe", "List", "Query"};

    private RpcAction() {}

    static boolean isRead(RequestView request) {
        String action = of(request);
        if (action != null) {
            for (String read : READS) {
                if (action.startsWith(read)) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean hasClientToken(RequestView request) {
        String token = request.parameter("ClientToken");
        return token != null && !token.isBlank();
    }

    static @Nullable String of(RequestView request) {
        String action = request.parameter("Action");
        return action != null ? action : request.headers().first("x-acs-action");
    }
}
