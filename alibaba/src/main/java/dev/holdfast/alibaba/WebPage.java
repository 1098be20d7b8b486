package dev.holdfast.alibaba;

import dev.holdfast.core.error.Answer;
import dev.holdfast.core.error.BodyTree;
import dev.holdfast.core.error.ForeignCheck;
import dev.holdfast.core.error.HeaderFields;
import dev.holdfast.core.error.RequestView;
import dev.holdfast.core.error.ServiceError;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a page in the place of an API answer. The gateway refuses in JSON or XML and names the request; a page that refuses comes from a proxy or
 * a firewall, and a 401 of such must not cost a credential. Pages of 5xx, 408, 429 and 449 are left to the status: the cloud's own load balancers
 * send those.
 */
final class WebPage {
    private WebPage() {}

    static ForeignCheck.@Nullable Foreign check(Answer answer, ServiceError error, @Nullable RequestView request) {
        int status = answer.status();
        boolean refusal = status >= 400 && status < 500 && status != 408 && status != 429 && status != 449;
        HeaderFields headers = answer.headers();
        boolean gateway = headers.first("x-acs-request-id") != null || headers.first(RpcHints.HEADER) != null;
        if (!refusal || gateway || BodyTree.read(answer).format() != BodyTree.Format.HTML) {
            return null;
        }
        return new ForeignCheck.Foreign(
                "web-page",
                false,
                "A web page came in the place of an API answer: look for a proxy or firewall on the way and let aliyuncs.com pass.",
                "own reading of AlibabaCloudDocs/slb Response.md (2021): errors are JSON or XML");
    }
}
