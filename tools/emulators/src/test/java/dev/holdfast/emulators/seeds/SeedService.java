package dev.holdfast.emulators.seeds;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.service.Service;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.ibm.IbmVpcMetadata;

/** The five documents: which service each is of, what is asked of it, and the shape in which it says an error. */
enum SeedService {
    AZURE_IMDS(AzureImds.SERVICE, "azure/imds-loadbalancer", "/metadata/loadbalancer?api-version=2020-10-01"),
    VM_INSPECTOR(AzureVmInspector.SERVICE, "azure/vm-inspector", "/subscriptions/1/diagnostics/diskInspection"),
    IBM(IbmVpcMetadata.SERVICE, "ibm/vpc-metadata", "/metadata/v1/instance?version=2025-08-26"),
    IMETAL(HuaweiIMetal.in("cn-southwest-2"), "huawei/imetal", "/v1/4f3e/physicalservers?limit=10"),
    SLB(AlibabaSlb.in("cn-hangzhou"), "alibaba/slb", "/?Action=DescribeLoadBalancers");

    final Service service;
    final String id;
    final String target;

    SeedService(Service service, String id, String target) {
        this.service = service;
        this.id = id;
        this.target = target;
    }

    static SeedService of(String vendor, String document) {
        for (SeedService service : values()) {
            if (service.id.equals(vendor + "/" + document)) {
                return service;
            }
        }
        throw new IllegalArgumentException(vendor + "/" + document + " is no document of ours");
    }

    String body(String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        switch (this) {
            case AZURE_IMDS -> body.put("error", message);
            case VM_INSPECTOR -> body.putObject("error").put("code", code).put("message", message);
            case IBM -> {
                ObjectNode error = body.putArray("errors").addObject();
                error.put("code", code).put("message", message).put("more_info", "https://cloud.ibm.com/docs/vpc");
                error.putObject("target").put("name", "x").put("type", "field");
                body.put("trace", "e37872f6");
            }
            case IMETAL ->
                body.put("error_msg", message).put("error_code", code).put("request_id", "r-1");
            case SLB ->
                body.put("RequestId", "4C467B38")
                        .put("HostId", "slb.aliyuncs.com")
                        .put("Code", code)
                        .put("Message", message);
            default -> throw new AssertionError(this);
        }
        return body.toString();
    }
}
