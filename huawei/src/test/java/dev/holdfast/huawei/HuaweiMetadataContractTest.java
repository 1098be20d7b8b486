package dev.holdfast.huawei;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.testkit.junit.ServiceContract;
import java.util.Map;

/** Text without a code. */
class HuaweiMetadataContractTest extends ServiceContract {
    @Override
    protected Service service() {
        return HuaweiMetadata.SERVICE;
    }

    @Override
    protected Map<String, String> requests() {
        return Map.of(
                "metadata", "GET /openstack/latest/meta_data.json",
                "securitykey", "GET /openstack/latest/securitykey",
                "token", "PUT /meta-data/latest/api/token");
    }

    @Override
    protected ResponseView render(int status, String code, String message) {
        return ResponseView.of(status, HeaderFields.of("Content-Type", "text/plain"), message);
    }
}
