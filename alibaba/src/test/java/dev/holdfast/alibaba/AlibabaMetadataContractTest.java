package dev.holdfast.alibaba;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.testkit.junit.ServiceContract;
import java.util.Map;

/** Pages titled with the status, or bare text; behind a 200, a credentials document without credentials. */
class AlibabaMetadataContractTest extends ServiceContract {
    @Override
    protected Service service() {
        return AlibabaMetadata.SERVICE;
    }

    @Override
    protected Map<String, String> requests() {
        return Map.of(
                "metadata", "GET /latest/user-data",
                "credentials", "GET /latest/meta-data/ram/security-credentials/web",
                "token", "PUT /latest/api/token");
    }

    @Override
    protected ResponseView render(int status, String code, String message) {
        if (status == 200) {
            String body = JsonNodeFactory.instance
                    .objectNode()
                    .put("Code", code == null ? "Success" : code)
                    .toString();
            return ResponseView.of(status, HeaderFields.of("Content-Type", "text/plain"), body);
        }
        boolean page = message.strip().startsWith(Integer.toString(status));
        String body = page
                ? "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>" + message
                        + "</title></head><body><h1>" + message + "</h1></body></html>"
                : message;
        return ResponseView.of(status, HeaderFields.of("Content-Type", page ? "text/html" : "text/plain"), body);
    }
}
