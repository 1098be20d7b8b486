package dev.holdfast.ibm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.testkit.junit.ServiceContract;
import java.util.Map;

/** The documented list of errors; behind a 2xx, a token that is none. */
class IbmVpcMetadataContractTest extends ServiceContract {
    @Override
    protected Service service() {
        return IbmVpcMetadata.SERVICE;
    }

    @Override
    protected Map<String, String> requests() {
        return Map.of(
                "metadata", "GET /metadata/v1/instance?version=2025-08-26",
                "token", "PUT /identity/v1/token?version=2025-08-26",
                "iam-token", "POST /identity/v1/iam_tokens?version=2025-08-26",
                "certificate", "POST /identity/v1/certificates?version=2025-08-26");
    }

    @Override
    protected ResponseView render(int status, String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("trace", "e37872f6");
        if (status / 100 == 2) {
            body.put("access_token", "");
        } else {
            body.putArray("errors").addObject().put("code", code).put("message", message);
        }
        return ResponseView.of(status, HeaderFields.of("X-Request-Id", "a1"), body.toString());
    }
}
