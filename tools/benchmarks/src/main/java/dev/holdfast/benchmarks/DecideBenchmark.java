package dev.holdfast.benchmarks;

import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Parsing and classifying alone: from the bytes of an answer to a decision. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecideBenchmark {
    private static final HeaderFields JSON = HeaderFields.of("Content-Type", "application/json; charset=utf-8");

    private final ResponseView azureLoadBalancer = ResponseView.of(
            503,
            HeaderFields.of("Content-Type", "application/json; charset=utf-8", "Server", "IMDS/150.870.65.1854"),
            "{\"error\":\"Internal service unavailable. Please retry later\"}");
    private final RequestView loadBalancer =
            RequestView.of("GET", "/metadata/loadbalancer?api-version=2020-10-01&format=json");
    private final ResponseView alibabaSlb = ResponseView.of(
            400,
            JSON,
            "{\"RequestId\":\"365F4154-92F6-4AE4-92F8-7FF34B540710\",\"HostId\":\"slb.aliyuncs.com\","
                    + "\"Code\":\"OperationBusy\",\"Message\":\"A previous operation is pending.\"}");
    private final ResponseView ibm = ResponseView.of(503, JSON, Canned.ERROR_BODY);

    @Benchmark
    public Decision azureImds() {
        return AzureImds.SERVICE.decide(azureLoadBalancer);
    }

    @Benchmark
    public Decision azureImdsLoadBalancer() {
        return AzureImds.SERVICE.decide(azureLoadBalancer, loadBalancer);
    }

    @Benchmark
    public Decision alibabaSlb() {
        return AlibabaSlb.SERVICE.decide(alibabaSlb);
    }

    @Benchmark
    public Decision ibmVpcMetadata() {
        return IbmVpcMetadata.SERVICE.decide(ibm);
    }
}
