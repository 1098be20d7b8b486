package dev.holdfast.cli;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.alibaba.AlibabaMetadataEmulator;
import dev.holdfast.emulators.alibaba.AlibabaSlbEmulator;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.emulators.azure.AzureVmInspectorEmulator;
import dev.holdfast.emulators.huawei.HuaweiIMetalEmulator;
import dev.holdfast.emulators.huawei.HuaweiMetadataEmulator;
import dev.holdfast.emulators.ibm.IbmVpcMetadataEmulator;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.SkewedClock;
import dev.holdfast.testkit.emulator.Emulator;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;

/** Builds the stages of the demo. */
record DemoStages(OkHttpClient client, TimeSource clock) {
    /** How far this machine's clock is behind that of Alibaba's SLB in the demo; its window is 15 minutes. */
    private static final Duration BEHIND = Duration.ofMinutes(20);

    DemoStage of(String service) {
        return switch (service) {
            case "azure/imds" ->
                new DemoStage(AzureImds.SERVICE, new AzureImdsEmulator(clock).start(), List.of(), null);
            case "azure/vm-inspector" -> vmInspector();
            case "ibm/vpc-metadata" -> vpcMetadata();
            case "huawei/imetal" -> iMetal();
            case "huawei/metadata" -> huaweiMetadata();
            case "alibaba/slb" -> slb();
            case "alibaba/metadata" -> alibabaMetadata();
            default -> throw new IllegalArgumentException("the demo has no stage for " + service);
        };
    }

    private DemoStage vmInspector() {
        AzureImdsEmulator imds = new AzureImdsEmulator(clock).start();
        return new DemoStage(
                AzureVmInspector.SERVICE,
                new AzureVmInspectorEmulator(clock).trusting(imds).start(),
                List.of(imds),
                AzureImds.managedIdentity(serviceClient(AzureImds.SERVICE, imds), "https://management.azure.com/")
                        .build());
    }

    private DemoStage vpcMetadata() {
        Emulator vpc = new IbmVpcMetadataEmulator(clock).start();
        return new DemoStage(
                IbmVpcMetadata.SERVICE,
                vpc,
                List.of(),
                IbmVpcMetadata.identityTokens(serviceClient(IbmVpcMetadata.SERVICE, vpc))
                        .build());
    }

    private DemoStage iMetal() {
        HuaweiMetadataEmulator metadata = new HuaweiMetadataEmulator(clock).start();
        return new DemoStage(
                HuaweiIMetal.in("cn-north-4"),
                new HuaweiIMetalEmulator(clock).knowing(metadata).start(),
                List.of(metadata),
                HuaweiMetadata.securityKeys(serviceClient(HuaweiMetadata.SERVICE, metadata))
                        .build());
    }

    private DemoStage huaweiMetadata() {
        Emulator metadata = new HuaweiMetadataEmulator(clock).enforcingTokens().start();
        return new DemoStage(
                HuaweiMetadata.SERVICE,
                metadata,
                List.of(),
                HuaweiMetadata.tokens(serviceClient(HuaweiMetadata.SERVICE, metadata))
                        .build());
    }

    private DemoStage slb() {
        AlibabaMetadataEmulator metadata = new AlibabaMetadataEmulator(clock).start();
        return new DemoStage(
                AlibabaSlb.in("cn-hangzhou"),
                new AlibabaSlbEmulator(new SkewedClock(clock, BEHIND))
                        .knowing(metadata)
                        .start(),
                List.of(metadata),
                AlibabaMetadata.roleCredentials(serviceClient(AlibabaMetadata.SERVICE, metadata))
                        .build());
    }

    private DemoStage alibabaMetadata() {
        Emulator metadata = new AlibabaMetadataEmulator(clock).hardened().start();
        return new DemoStage(
                AlibabaMetadata.SERVICE,
                metadata,
                List.of(),
                AlibabaMetadata.tokens(serviceClient(AlibabaMetadata.SERVICE, metadata))
                        .build());
    }

    private ServiceClient serviceClient(Service service, Emulator emulator) {
        return HoldfastOkHttp.serviceClient(
                client,
                Holdfast.builder(service)
                        .endpoint(emulator.url())
                        .timeSource(clock)
                        .build());
    }
}
