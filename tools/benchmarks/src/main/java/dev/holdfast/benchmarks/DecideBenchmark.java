package dev.holdfast.benchmarks;

import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.nio.charset.StandardCharsets;
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

    private static final HeaderFields IMDS =
            HeaderFields.of("Content-Type", "application/json; charset=utf-8", "Server", "IMDS/150.870.65.1854");

    private static final byte[] AZURE = bytes("{\"error\":\"Internal service unavailable. Please retry later\"}");
    private static final byte[] ALIBABA =
            bytes("{\"RequestId\":\"365F4154-92F6-4AE4-92F8-7FF34B540710\",\"HostId\":\"slb.aliyuncs.com\","
                    + "\"Code\":\"OperationBusy\",\"Message\":\"A previous operation is pending.\"}");
    private static final byte[] IBM = bytes(Canned.ERROR_BODY);

    private final RequestView loadBalancer =
            RequestView.of("GET", "/metadata/loadbalancer?api-version=2020-10-01&format=json");

    /** A view keeps what was read of its body, so each operation has its own. */
    @Benchmark
    public Decision azureImds() {
        return AzureImds.SERVICE.decide(ResponseView.owning(503, IMDS, AZURE, true));
    }

    @Benchmark
    public Decision azureImdsLoadBalancer() {
        return AzureImds.SERVICE.decide(ResponseView.owning(503, IMDS, AZURE, true), loadBalancer);
    }

    @Benchmark
    public Decision alibabaSlb() {
        return AlibabaSlb.SERVICE.decide(ResponseView.owning(400, JSON, ALIBABA, true));
    }

    @Benchmark
    public Decision ibmVpcMetadata() {
        return IbmVpcMetadata.SERVICE.decide(ResponseView.owning(503, JSON, IBM, true));
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
