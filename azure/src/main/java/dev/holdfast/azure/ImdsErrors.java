package dev.holdfast.azure;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Document.Node;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.response.ServiceError.Further;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads IMDS bodies: {@code error} is a sentence on one path, a code beside {@code error_description} on another, and an object behind some
 * relays (azure-rest-api-specs imds.json 2021-02-01; live bodies 2020 to 2026). Flat and XML shapes come from siblings on the same address.
 */
final class ImdsErrors {
    private static final String[] CODES = {"errorCode", "code", "error_code"};
    private static final String[] MESSAGES = {"message", "errorMessage", "exceptionMessage", "error_message"};
    private static final String[] IDS = {"correlation_id", "trace_id", "correlationId"};
    private static final Members MEMBERS =
            Members.of(CODES).and(MESSAGES).and(IDS).and("error", "error_description", "target");

    private ImdsErrors() {}

    static ServiceError parse(ResponseView answer) {
        Further challenge = ArcChallenge.read(answer);
        ServiceError error = body(answer);
        return challenge == null ? error : error.withFurther(List.of(challenge));
    }

    private static ServiceError body(ResponseView answer) {
        Document tree = Document.read(answer, MEMBERS);
        Node root = tree.root();
        if (!root.exists()) {
            return ServiceError.text(tree.text());
        }
        Node error = root.get("error");
        if (error.isObject()) {
            return ServiceError.of(error.text("code", "errorCode"), error.text("message", "errorMessage"))
                    .withTarget(error.text("target"))
                    .withRequestIds(ids(root));
        }
        String description = root.text("error_description");
        if (error.text() != null) {
            boolean isCode = description != null || looksLikeCode(error.text());
            return ServiceError.of(isCode ? error.text() : null, isCode ? description : error.text())
                    .withRequestIds(ids(root));
        }
        String code = root.text(CODES);
        String message = root.text(MESSAGES);
        if (code == null && message == null && root.text() != null) {
            return ServiceError.of(null, root.text());
        }
        return ServiceError.of(code, message == null ? description : message).withRequestIds(ids(root));
    }

    /** A relay of Entra's own error carries the ids that its support asks for. */
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

    private static boolean looksLikeCode(@Nullable String text) {
        for (int i = 0; text != null && i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '_' && (c < 'a' || c > 'z')) {
                return false;
            }
        }
        return text != null && !text.isEmpty();
    }
}
