package dev.holdfast.testkit.fifth;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.testkit.junit.ServiceContract;
import java.util.Map;

/** The fifth vendor holds what the four hold. */
class OracleComputeContractTest extends ServiceContract {
    @Override
    protected Service service() {
        return OracleCompute.in("eu-frankfurt-1");
    }

    @Override
    protected Map<String, String> requests() {
        return Map.of(
                "read", "GET /20160918/instances?compartmentId=1",
                "write", "DELETE /20160918/instances/1",
                "write-with-token", "POST /20160918/instances\nopc-retry-token: 7");
    }

    @Override
    protected ResponseView render(int status, String code, String message) {
        String name = code == null ? "" : "\"code\":\"" + code + "\",";
        String body = "{" + name + "\"message\":\"" + message.replace("\"", "\\\"") + "\"}";
        return ResponseView.of(status, HeaderFields.of("opc-request-id", "A1/B2/C3"), body);
    }
}
