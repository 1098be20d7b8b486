package dev.holdfast.core.spi;

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

/** The names that are in wide use, outermost object first; what is inside counts where that has no code. */
final class LenientParser {
    private static final String[] CODES = {"code", "error_code", "errorCode", "errCode", "type", "__type"};
    private static final String[] MESSAGES = {
        "message",
        "error_msg",
        "errorMessage",
        "error_message",
        "errMsg",
        "error_description",
        "description",
        "detail",
        "msg"
    };
    private static final String[] REQUEST_IDS = {
        "requestId", "request_id", "RequestID", "trace", "traceId", "correlationId"
    };

    private static final Members MEMBERS =
            Members.of(CODES).and(MESSAGES).and(REQUEST_IDS).and("error", "target", "reason", "status", "id");

    /** Documents are at most this wide where one looks two objects deep, as EC2's {@code Response, Errors, Error} is. */
    private static final int WIDEST = 20;

    private LenientParser() {}

    static ServiceError parse(ResponseView answer) {
        Document tree = Document.read(answer, MEMBERS);
        Node root = tree.root();
        if (!root.exists()) {
            return ServiceError.text(tree.text());
        }
        String text = root.text();
        if (text != null) {
            return ServiceError.of(null, text);
        }
        ServiceError error = within(root);
        for (Node child : root.children()) {
            if (error.code() != null) {
                break;
            }
            Node inner = child.isArray() && !child.children().isEmpty()
                    ? child.children().get(0)
                    : child;
            if (inner.isObject()) {
                ServiceError candidate = withinOrBelow(inner);
                error = candidate.code() != null || error.message() == null ? candidate : error;
                error = child.isArray() ? error.withFurther(rest(child)) : error;
            }
        }
        if (error.code() == null) {
            error = withError(error, root.get("error").text());
        }
        Map<String, String> ids = new LinkedHashMap<>();
        for (String name : REQUEST_IDS) {
            String id = root.text(name);
            // Names are compared without case, so that two of these may be one member.
            if (id != null && !ids.containsValue(id)) {
                ids.put(name, id);
            }
        }
        return error.withRequestIds(ids);
    }

    /** OAuth has a code there, beside a description; others a sentence, and some of them a better one beside it; a few a flag. */
    private static ServiceError withError(ServiceError error, @Nullable String said) {
        if (said == null || said.equals("true") || said.equals("false")) {
            return error;
        }
        if (error.message() == null) {
            return ServiceError.of(null, said).withTarget(error.target());
        }
        return said.indexOf(' ') < 0 ? ServiceError.of(said, error.message()).withTarget(error.target()) : error;
    }

    private static ServiceError within(Node node) {
        return ServiceError.of(code(node), node.text(MESSAGES)).withTarget(node.text("target"));
    }

    /** EC2 has its code two objects deep. */
    private static ServiceError withinOrBelow(Node node) {
        ServiceError here = within(node);
        List<Node> children = here.code() == null && here.message() == null ? node.children() : List.of();
        for (int i = 0; i < children.size() && i < WIDEST; i++) {
            Node child = children.get(i);
            Node below = child.isArray() && !child.children().isEmpty()
                    ? child.children().get(0)
                    : child;
            ServiceError found = below.isObject() ? within(below) : ServiceError.none();
            if (found.code() != null) {
                return found;
            }
        }
        return here;
    }

    /** Google and Kubernetes repeat the status as the code, and have a name beside it: in "status" NOT_FOUND, in "reason" NotFound. DigitalOcean has a name as the id. */
    private static @Nullable String code(Node node) {
        String code = node.text(CODES);
        if (code == null) {
            String id = node.text("id");
            return id != null && node.text(MESSAGES) != null && isName(id) ? id : null;
        }
        if (!isStatus(code)) {
            return code;
        }
        String reason = node.text("reason");
        String status = node.text("status");
        if (reason != null && isName(reason)) {
            return reason;
        }
        return status != null && isName(status) ? status : code;
    }

    private static boolean isStatus(String code) {
        return code.length() == 3 && code.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c == '_' || Character.isLetter(c));
    }

    private static List<ServiceError.Further> rest(Node array) {
        List<ServiceError.Further> further = new ArrayList<>();
        List<Node> items = array.children();
        for (int i = 1; i < items.size(); i++) {
            further.add(new ServiceError.Further(
                    items.get(i).text(CODES),
                    items.get(i).text(MESSAGES),
                    items.get(i).text("target")));
        }
        return further;
    }
}
