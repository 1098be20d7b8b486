package dev.holdfast.azure;

import dev.holdfast.core.error.Answer;
import dev.holdfast.core.error.BodyTree;
import dev.holdfast.core.error.ForeignCheck;
import dev.holdfast.core.error.RequestView;
import dev.holdfast.core.error.ServiceError;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a page in the place of Resource Manager's answer. It refuses in JSON and names the request; a page that refuses comes from a proxy or a
 * firewall, and a 401 of such must not cost a token. Pages of 5xx, 408 and 429 are left to the status: the cloud's own front doors send those.
 */
final class ArmForeign {
    private ArmForeign() {}

    static ForeignCheck.@Nullable Foreign check(Answer answer, ServiceError error, @Nullable RequestView request) {
        int status = answer.status();
        boolean refusal = status >= 400 && status < 500 && status != 408 && status != 429;
        boolean own = answer.headers().first("x-ms-request-id") != null
                || answer.headers().first("x-ms-failure-cause") != null;
        if (!refusal || own || BodyTree.read(answer).format() != BodyTree.Format.HTML) {
            return null;
        }
        return new ForeignCheck.Foreign(
                "web-page",
                false,
                "A web page came in the place of Resource Manager's answer: look for a proxy or firewall on the way and let management.azure.com pass.",
                "azure-sdk-for-net#18362, #18961 (proxies' pages)");
    }
}
