package dev.holdfast.azure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.testkit.junit.ServiceContract;
import java.util.Map;

/** Resource Manager's error document; behind a 200, the result of a failed inspection. */
class AzureVmInspectorContractTest extends ServiceContract {
    @Override
    protected Service service() {
        return AzureVmInspector.SERVICE;
    }

    @Override
    protected Map<String, String> requests() {
        return Map.of(
                "run", "POST /subscriptions/1/providers/Microsoft.Compute/locations/x/diagnostics/diskInspection/run",
                "operation", "GET /subscriptions/1/providers/Microsoft.Compute/locations/x/diagnosticOperations/1",
                "register", "POST /subscriptions/1/diagnostics/diskInspection/registerStorageConfiguration",
                "validate", "POST /subscriptions/1/diagnostics/diskInspection/validateStorageConfiguration",
                "list", "GET /subscriptions/1/diagnostics");
    }

    @Override
    protected ResponseView render(int status, String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body = status == 200 ? body.put("resultStatus", "Failed") : body;
        body.putObject(status == 200 ? "errorDetail" : "error")
                .put("code", code)
                .put("message", message);
        return ResponseView.of(status, HeaderFields.of("x-ms-request-id", "57b891ab"), body.toString());
    }
}
