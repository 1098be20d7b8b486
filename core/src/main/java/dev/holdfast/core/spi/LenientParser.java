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
            Members.of(CODES).and(MESSAGES).and(REQUEST_IDS).and("error", "target");

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
                ServiceError candidate = within(inner);
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
            if (id != null) {
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
        return ServiceError.of(node.text(CODES), node.text(MESSAGES)).withTarget(node.text("target"));
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
