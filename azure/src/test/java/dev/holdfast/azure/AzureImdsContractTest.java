package dev.holdfast.azure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.testkit.junit.ServiceContract;
import java.util.Map;

/** The documented shapes: a sentence, or a code with a description. */
class AzureImdsContractTest extends ServiceContract {
    @Override
    protected Service service() {
        return AzureImds.SERVICE;
    }

    @Override
    protected Map<String, String> requests() {
        return Map.of(
                "instance", "GET /metadata/instance?api-version=2021-02-01",
                "loadbalancer", "GET /metadata/loadbalancer?api-version=2020-10-01",
                "identity", "GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=x",
                "scheduledevents", "GET /metadata/scheduledevents?api-version=2020-07-01",
                "attested", "GET /metadata/attested/document?api-version=2020-09-01",
                "versions", "GET /metadata/versions");
    }

    @Override
    protected ResponseView render(int status, String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("error", code == null ? message : code);
        body = code == null ? body : body.put("error_description", message);
        return ResponseView.of(status, HeaderFields.of("Server", "IMDS/150.870.65.1854"), body.toString());
    }
}
