package dev.holdfast.alibaba;

import dev.holdfast.core.error.Answer;
import dev.holdfast.core.error.BodyTree;
import dev.holdfast.core.error.BodyTree.Node;
import dev.holdfast.core.error.ServiceError;
import java.util.ArrayList;
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

    private RpcErrors() {}

    static ServiceError parse(Answer answer) {
        BodyTree tree = BodyTree.read(answer);
        Node root = tree.root();
        Node said = root.get("Error").isObject() ? root.get("Error") : root;
        String code = real(said, "Code", "errorCode", "errCode");
        String message = real(said, "Message", "errorMessage", "errMessage", "Description");
        if (code == null && message == null) {
            message = root.exists() ? root.text() : tree.text();
        }
        message = SignatureEcho.cut(message);
        ServiceError error = root.exists() ? ServiceError.of(code, message) : ServiceError.text(message);
        Map<String, String> ids = ids(answer, root, said);
        Node denied = said.get("AccessDeniedDetail");
        if (denied.isObject() || real(said, "AccessDeniedDetail") != null) {
            return accessDenied(error, answer.status(), denied).withRequestIds(ids);
        }
        return (RpcHints.retryAfter(answer) != null ? throttled(error) : error).withRequestIds(ids);
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

    /** The permission is missing, so that neither time nor a fresh credential helps, whatever code a product chose. */
    private static ServiceError accessDenied(ServiceError error, int status, Node denied) {
        String code = error.code() == null ? "" : error.code().toLowerCase(Locale.ROOT);
        boolean saysSo =
                code.startsWith("nopermission") || code.startsWith("forbidden") || code.equals("notauthorized");
        Node detail = denied.isObject()
                ? denied
                : BodyTree.read(String.valueOf(denied.text())).root();
        List<ServiceError.Further> further = new ArrayList<>();
        ServiceError decided = error;
        if (!saysSo || status < 400 || status >= 500) {
            decided = ServiceError.of(NO_PERMISSION, error.message());
            original(error, further);
        }
        String type = real(detail, "NoPermissionType");
        String policy = real(detail, "NoPermissionPolicyType", "PolicyType");
        if (type != null || policy != null) {
            further.add(new ServiceError.Further(type, policy, real(detail, "AuthResource")));
        }
        return decided.withTarget(real(detail, "AuthAction")).withFurther(further);
    }

    private static ServiceError throttled(ServiceError error) {
        String code = error.code();
        if (code != null && code.contains(THROTTLING)) {
            return error;
        }
        List<ServiceError.Further> further = new ArrayList<>();
        original(error, further);
        return ServiceError.of(THROTTLING, error.message()).withFurther(further);
    }

    private static void original(ServiceError error, List<ServiceError.Further> further) {
        if (error.code() != null) {
            further.add(new ServiceError.Further(error.code(), error.message(), null));
        }
    }

    /** The header is what support asks for first; HostId tells which endpoint answered. */
    private static Map<String, String> ids(Answer answer, Node root, Node said) {
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
