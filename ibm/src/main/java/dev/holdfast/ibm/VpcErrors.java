package dev.holdfast.ibm;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Document.Node;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies that IBM's services and gateways send: {@code errors} as a list (VPC, IAM management) or one object, {@code errorCode} and
 * {@code errorMessage} (IAM), {@code incidentID} (containers), {@code global_transaction_id} (resource controller), {@code statusCode} (gateways),
 * and plain sentences. The promise of the VPC documents that every 4xx and 5xx is JSON holds for the service itself only.
 */
final class VpcErrors {
    /** What a field, header or parameter may be called. Live answers put the refused value here, which may be a secret (ibm-cloud-cli-sdk#327). */
    private static final int LONGEST_NAME = 64;

    /** More than any answer is known to hold; a body that is all errors must not become a page in a log. */
    private static final int MOST_ERRORS = 20;

    private static final String[] CODES = {"message_code", "errorCode", "code"};
    private static final String[] MESSAGES = {"message", "errorMessage", "description", "error"};

    /** Those of an error, and the token by which {@link VpcTokens} knows a success. An error of the list may be a bare sentence. */
    static final Members MEMBERS = Members.of(CODES)
            .and(MESSAGES)
            .and("errors", "name", "type", "trace", "requestId", "incidentID", "global_transaction_id", "access_token");

    private VpcErrors() {}

    static ServiceError parse(ResponseView answer) {
        Document tree = Document.read(answer, MEMBERS);
        Node root = tree.root();
        if (!root.exists()) {
            return ServiceError.text(tree.text());
        }
        if (root.text() != null) {
            return ServiceError.of(null, root.text());
        }
        List<ServiceError> all = listed(root.isArray() ? root : root.get("errors"), answer.status());
        Node one = root.get("error").isObject() ? root.get("error") : root;
        ServiceError error = all.isEmpty() ? read(one, answer.status()) : VpcSeveralErrors.deciding(answer, all);
        return error.withRequestIds(ids(root));
    }

    private static List<ServiceError> listed(Node errors, int status) {
        List<ServiceError> all = new ArrayList<>();
        for (Node item : errors.isObject() ? List.of(errors) : errors.children()) {
            ServiceError error = item.text() == null ? read(item, status) : ServiceError.of(null, item.text());
            if (error.parsed() && all.size() < MOST_ERRORS) {
                all.add(error);
            }
        }
        return all;
    }

    private static ServiceError read(Node node, int status) {
        String code = node.text(CODES);
        // Some services repeat the status as the code, which says nothing.
        return ServiceError.of(code == null || code.equals(Integer.toString(status)) ? null : code, node.text(MESSAGES))
                .withTarget(target(node.get("target")));
    }

    /** Never the value: for a refused header it is what the header held. */
    private static @Nullable String target(Node target) {
        String name = target.text("name");
        String type = target.text("type");
        if (name == null || name.length() > LONGEST_NAME || name.indexOf(' ') >= 0) {
            return type;
        }
        return type == null ? name : name + " (" + type + ")";
    }

    private static Map<String, String> ids(Node root) {
        Map<String, String> ids = new LinkedHashMap<>();
        put(ids, "trace", root.text("trace"));
        put(ids, "context.requestId", root.get("context").text("requestId"));
        put(ids, "incidentID", root.text("incidentID"));
        put(ids, "global_transaction_id", root.text("global_transaction_id"));
        return ids;
    }

    private static void put(Map<String, String> ids, String name, @Nullable String id) {
        if (id != null) {
            ids.put(name, id);
        }
    }
}
