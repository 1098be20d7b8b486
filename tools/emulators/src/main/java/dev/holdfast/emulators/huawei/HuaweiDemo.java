package dev.holdfast.emulators.huawei;

import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.demo.DemoCall;
import dev.holdfast.emulators.demo.DemoProvider;
import dev.holdfast.emulators.demo.DemoSetting;
import dev.holdfast.emulators.demo.DemoStage;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.Scenario;
import java.util.List;

/** The demo's calls to Huawei Cloud's services. */
public final class HuaweiDemo implements DemoProvider {
    private static final String INSTANCES = "/v1/" + HuaweiIMetalEmulator.PROJECT_ID + "/instances";
    private static final String DOCUMENT = "/openstack/latest/meta_data.json";

    /** Called by the service loader. */
    public HuaweiDemo() {}

    @Override
    public List<DemoCall> calls() {
        return List.of(
                DemoCall.of(
                                "huawei/imetal",
                                "signed, and throttled",
                                INSTANCES,
                                "The API gateway checks the signature by temporary keys, and throttles once (429).",
                                StopReason.SUCCEEDED,
                                2,
                                200)
                        .meeting(Scenario.throttle(1)),
                DemoCall.of(
                                "huawei/imetal",
                                "the keys have ended",
                                INSTANCES,
                                "The temporary keys have ended (401, APIGW.0301); the metadata service has new ones.",
                                StopReason.SUCCEEDED,
                                2,
                                200)
                        .meeting(Scenario.credentialsExpired()),
                DemoCall.of(
                                "huawei/metadata",
                                "the token has expired",
                                DOCUMENT,
                                "This server insists on tokens, and the agent's has expired (401).",
                                StopReason.SUCCEEDED,
                                2,
                                200)
                        .meeting(Scenario.credentialsExpired()));
    }

    @Override
    public DemoStage stage(String service, DemoSetting setting) {
        return switch (service) {
            case "huawei/imetal" -> iMetal(setting);
            case "huawei/metadata" -> huaweiMetadata(setting);
            default -> throw new IllegalArgumentException("the demo has no stage for " + service);
        };
    }

    private static DemoStage iMetal(DemoSetting setting) {
        HuaweiMetadataEmulator metadata = new HuaweiMetadataEmulator(setting.clock()).start();
        return new DemoStage(
                HuaweiIMetal.in("cn-north-4"),
                new HuaweiIMetalEmulator(setting.clock()).knowing(metadata).start(),
                List.of(metadata),
                HuaweiMetadata.securityKeys(setting.client(HuaweiMetadata.SERVICE, metadata))
                        .build());
    }

    private static DemoStage huaweiMetadata(DemoSetting setting) {
        Emulator metadata =
                new HuaweiMetadataEmulator(setting.clock()).enforcingTokens().start();
        return new DemoStage(
                HuaweiMetadata.SERVICE,
                metadata,
                List.of(),
                HuaweiMetadata.tokens(setting.client(HuaweiMetadata.SERVICE, metadata))
                        .build());
    }
}
