package dev.holdfast.azure;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Document.Node;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.response.ServiceError.Further;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Resource Manager's error format and its variants: wrapped in {@code error} or bare, in either case, OData with a message object, flat with
 * {@code statusCode} (azure-core-management ManagementErrorDeserializer; Azure docs troubleshooting-throttling-errors).
 *
 * <p>The outer code decides, unless it only says that something below it failed; then the first detail with a code does, and the outer one stands
 * first among the further errors.
 */
final class ArmErrors {
    /** Codes that many providers put around the one that says what happened. */
    private static final Set<String> WRAPPERS = Set.of(
            "OperationNotAllowed",
            "BadRequest",
            "Conflict",
            "MultipleErrorsOccurred",
            "DeploymentFailed",
            "InvalidTemplateDeployment",
            "ResourceOperationFailure",
            "ResourceDeploymentFailure");

    private static final int DEEPEST = 5;
    private static final String[] IDS = {"correlationId", "activityId", "requestId", "trace_id", "correlation_id"};

    /** Those of an error, and the state and the message of an {@link InspectionResult}. */
    static final Members MEMBERS = Members.of(IDS)
            .and("error", "code", "errorCode", "error_description", "message", "value", "errorMessage", "target")
            .and("errordetail", "exceptiontype", "resultStatus", "result");

    private ArmErrors() {}

    static ServiceError parse(ResponseView answer) {
        ServiceError error = parseBody(answer);
        Further claims = ClaimsChallenge.read(answer);
        if (claims == null) {
            return error;
        }
        List<Further> further = new ArrayList<>(error.further());
        further.add(claims);
        return error.withFurther(further);
    }

    private static ServiceError parseBody(ResponseView answer) {
        Document tree = Document.read(answer, MEMBERS);
        Node root = tree.root();
        if (!root.exists()) {
            return ServiceError.text(ArmSecrets.cut(tree.text()));
        }
        if (root.text() != null) {
            return ServiceError.of(null, ArmSecrets.cut(root.text()));
        }
        ServiceError error = read(root);
        String policy = error.target() == null ? exhausted(answer) : null;
        return (policy == null ? error : error.withTarget(policy)).withRequestIds(ids(root));
    }

    /** Reads an error object, wrapped or bare. */
    static ServiceError read(Node root) {
        Node error = root;
        for (String wrapper : new String[] {"error", "odata.error"}) {
            error = root.get(wrapper).isObject() ? root.get(wrapper) : error;
        }
        String code = error.text("code", "errorCode");
        String message = message(error);
        String sentence = error.get("error").text();
        if (sentence != null && code == null) {
            // Entra's own shape, from the token check in front.
            String description = error.text("error_description");
            code = description == null ? null : sentence;
            message = description == null ? sentence : description;
        }
        List<Further> further = further(error);
        ServiceError outer = ServiceError.of(code, message).withTarget(error.text("target"));
        return code != null && WRAPPERS.contains(code) ? unwrapped(outer, further) : outer.withFurther(further);
    }

    private static ServiceError unwrapped(ServiceError outer, List<Further> further) {
        for (Further detail : further) {
            String code = detail.code();
            if (code != null && !code.equals(outer.code())) {
                List<Further> others = new ArrayList<>(further);
                others.remove(detail);
                others.add(0, new Further(outer.code(), outer.message(), outer.target()));
                // The detail of a throttle holds facts in place of a sentence; the sentence is outside.
                boolean sentence = detail.message() != null && !isJson(detail.message());
                if (!sentence) {
                    others.add(1, detail);
                }
                String target = detail.target() != null ? detail.target() : outer.target();
                return ServiceError.of(code, sentence ? detail.message() : outer.message())
                        .withTarget(target)
                        .withFurther(others);
            }
        }
        return outer.withFurther(further);
    }

    private static List<Further> further(Node error) {
        List<Further> further = new ArrayList<>();
        for (Node detail : error.get("details").children()) {
            if (detail.isObject()) {
                further.add(detail(detail, 0));
            }
        }
        Node inner = error.get("innererror");
        for (int depth = 0; inner.isObject() && depth < DEEPEST; depth++) {
            String message = message(inner);
            further.add(new Further(
                    inner.text("code"), message != null ? message : exception(inner), inner.text("target")));
            inner = inner.get("innererror");
        }
        return further;
    }

    /** A detail's message may be JSON in a string: another error, which is taken in its place, or the facts of a throttle, which stay. */
    private static Further detail(Node detail, int depth) {
        String message = message(detail);
        Node inside = Document.read(isJson(message) ? String.valueOf(message) : "", MEMBERS)
                .root();
        Node nested = inside.get("error").isObject() ? inside.get("error") : inside;
        if (nested.text("code") != null && depth < DEEPEST) {
            return detail(nested, depth + 1);
        }
        return new Further(detail.text("code"), message, detail.text("target"));
    }

    /** The preview of 2021 told the exception that was thrown. */
    private static @Nullable String exception(Node inner) {
        String detail = inner.text("errordetail");
        String type = inner.text("exceptiontype");
        return ArmSecrets.cut(type == null || detail == null ? (type == null ? detail : type) : type + ": " + detail);
    }

    private static boolean isJson(@Nullable String message) {
        return message != null && message.stripLeading().startsWith("{");
    }

    private static @Nullable String message(Node error) {
        Node message = error.get("message");
        return ArmSecrets.cut(message.isObject() ? message.text("value") : error.text("message", "errorMessage"));
    }

    /** Which of the Compute provider's limits is used up: the one of which nothing remains. */
    private static @Nullable String exhausted(ResponseView answer) {
        for (String header : answer.headers().all("x-ms-ratelimit-remaining-resource")) {
            for (String limit : header.split(",", -1)) {
                if (limit.strip().endsWith(";0")) {
                    return limit.strip().substring(0, limit.strip().length() - 2);
                }
            }
        }
        return null;
    }

    private static Map<String, String> ids(Node root) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (String name : IDS) {
            String id = root.text(name);
            if (id != null) {
                ids.put(name, id);
            }
        }
        return ids;
    }
}
