package dev.holdfast.huawei;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.testkit.junit.ServiceContract;
import java.util.Map;

/** The documented flat document; a policy denial has its own field. */
class HuaweiIMetalContractTest extends ServiceContract {
    @Override
    protected Service service() {
        return HuaweiIMetal.in("cn-southwest-2");
    }

    @Override
    protected Map<String, String> requests() {
        return Map.of(
                "read", "GET /v1/4f3e/instances?limit=10",
                "create", "POST /v1/4f3e/instances/batch-create",
                "change", "PUT /v1/4f3e/physicalservers/power-state");
    }

    @Override
    protected ResponseView render(int status, String code, String message) {
        boolean denial = "encoded_authorization_message".equals(code);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("error_msg", message);
        body.put("error_code", denial ? "IAM.0000" : code).put("request_id", "r-1");
        body = denial ? body.put(code, "XyZ") : body;
        return ResponseView.of(status, HeaderFields.of("Content-Type", "application/json"), body.toString());
    }
}
