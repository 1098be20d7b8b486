package dev.holdfast.ibm;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import java.util.Map;

/** Answers in the shape that the service documents, and one request for each operation. */
final class VpcBody {
    static final Map<String, RequestView> REQUESTS = Map.of(
            "metadata", RequestView.of("GET", "/metadata/v1/instance?version=2025-08-26"),
            "token", RequestView.of("PUT", "/identity/v1/token?version=2025-08-26"),
            "iam-token", RequestView.of("POST", "/identity/v1/iam_tokens?version=2025-08-26"),
            "certificate", RequestView.of("POST", "/identity/v1/certificates?version=2025-08-26"));

    private VpcBody() {}

    static ResponseView answer(int status, String code, String message) {
        return json(
                status,
                "{\"errors\":[" + error(code, message) + "],\"trace\":\"e37872f6\",\"status_code\":" + status + "}");
    }

    static String error(String code, String message) {
        String codeField = code == null ? "" : "\"code\":" + quoted(code) + ",";
        return "{" + codeField + "\"message\":" + quoted(message) + ",\"target\":{\"name\":\"x\",\"type\":\"field\"}}";
    }

    static ResponseView json(int status, String body, String... headers) {
        return ResponseView.of(status, HeaderFields.of(headers), body);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
