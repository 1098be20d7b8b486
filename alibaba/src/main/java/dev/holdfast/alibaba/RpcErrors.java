package dev.holdfast.alibaba;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Document.Node;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the gateway sends: RPC in JSON or in XML with any root, ROA with lower-case names, the log service's {@code errorCode}, a page. The
 * format asked for is no promise (aliyun-openapi-java-sdk#240, alibaba-cloud-sdk-go#485).
 */
final class RpcErrors {
    /** Codes of the catalogue for answers that say by another sign what they are. */
    private static final String THROTTLING = "Throttling";

    private static final String NO_PERMISSION = "NoPermission";

    /** A field of the answer, and the code of the further error that tells of it. */
    private static final String DENIED = "AccessDeniedDetail";

    private static final String[] CODES = {"Code", "errorCode", "errCode"};
    private static final String[] MESSAGES = {"Message", "errorMessage", "errMessage", "Description"};
    private static final String[] DETAIL = {
        "NoPermissionType", "NoPermissionPolicyType", "PolicyType", "AuthAction", "AuthResource"
    };
    private static final Members MEMBERS =
            Members.of(CODES).and(MESSAGES).and("RequestId", "HostId", DENIED).and(DETAIL);

    private RpcErrors() {}

    static ServiceError parse(ResponseView answer) {
        Document tree = Document.read(answer, MEMBERS);
        Node root = tree.root();
        Node said = root.get("Error").isObject() ? root.get("Error") : root;
        String code = real(said, CODES);
        String message = real(said, MESSAGES);
        if (code == null && message == null) {
            message = root.exists() ? root.text() : tree.text();
        }
        message = SignatureEcho.cut(message);
        ServiceError error = root.exists() ? ServiceError.of(code, message) : ServiceError.text(message);
        Node denied = said.get(DENIED);
        if (denied.isObject() || real(said, DENIED) != null) {
            error = withDenial(error, denied);
        }
        return error.withRequestIds(ids(answer, root, said));
    }

    /**
     * The code to look for. With a denial the permission is missing, so that neither time nor a fresh credential helps, whatever code a product chose; with
     * {@code x-acs-retry-after} it is a throttle, whatever the code.
     */
    static @Nullable String lookedUp(ResponseView answer, ServiceError error) {
        String code = error.code();
        String lower = code == null ? "" : code.toLowerCase(Locale.ROOT);
        if (!error.further().isEmpty() && DENIED.equals(error.further().get(0).code())) {
            boolean saysSo =
                    lower.startsWith("nopermission") || lower.startsWith("forbidden") || lower.equals("notauthorized");
            return saysSo && answer.status() >= 400 && answer.status() < 500 ? code : NO_PERMISSION;
        }
        boolean throttled = RpcRetryAfter.retryAfter(answer) != null && (code == null || !code.contains(THROTTLING));
        return throttled ? THROTTLING : code;
    }

    /** A string or a number; Java clients of the vendor write "(null)" for none, and gateways copy it. */
    private static @Nullable String real(Node node, String... names) {
        for (String name : names) {
            String text = node.text(name);
            if (text != null && !text.strip().equals("(null)") && !text.strip().equals("null")) {
                return text;
            }
        }
        return null;
    }

    /** Which permission is missing, and by which kind of policy; nothing else of the detail, because the rest names people. */
    private static ServiceError withDenial(ServiceError error, Node denied) {
        Node detail = denied.isObject()
                ? denied
                : Document.read(String.valueOf(denied.text()), Members.of(DETAIL))
                        .root();
        String type = real(detail, "NoPermissionType");
        String policy = real(detail, "NoPermissionPolicyType", "PolicyType");
        String why = type == null || policy == null ? (type == null ? policy : type) : type + ", " + policy;
        return error.withTarget(real(detail, "AuthAction"))
                .withFurther(List.of(new ServiceError.Further(DENIED, why, real(detail, "AuthResource"))));
    }

    /** The header is what support asks for first; HostId tells which endpoint answered. */
    private static Map<String, String> ids(ResponseView answer, Node root, Node said) {
        Map<String, String> ids = new LinkedHashMap<>();
        put(ids, "x-acs-request-id", answer.headers().first("x-acs-request-id"));
        String inside = real(said, "RequestId");
        put(ids, "RequestId", inside != null ? inside : real(root, "RequestId"));
        String host = real(said, "HostId");
        put(ids, "HostId", host != null ? host : real(root, "HostId"));
        return ids;
    }

    private static void put(Map<String, String> ids, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            ids.put(name, value.strip());
        }
    }
}
