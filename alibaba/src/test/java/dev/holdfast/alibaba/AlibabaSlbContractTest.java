package dev.holdfast.alibaba;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.testkit.junit.ServiceContract;
import java.util.Map;

/** The gateway's RPC document. */
class AlibabaSlbContractTest extends ServiceContract {
    @Override
    protected Service service() {
        return AlibabaSlb.in("cn-hangzhou");
    }

    @Override
    protected Map<String, String> requests() {
        return Map.of(
                "read", "GET /?Action=DescribeLoadBalancers",
                "write", "POST /?Action=DeleteLoadBalancer",
                "write-with-token", "POST /?Action=CreateLoadBalancer&ClientToken=7");
    }

    @Override
    protected ResponseView render(int status, String code, String message) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("RequestId", "4C467B38")
                .put("HostId", "slb.aliyuncs.com")
                .put("Code", code)
                .put("Message", message)
                .toString();
        return ResponseView.of(status, HeaderFields.of("x-acs-request-id", "4C467B38"), body);
    }
}
