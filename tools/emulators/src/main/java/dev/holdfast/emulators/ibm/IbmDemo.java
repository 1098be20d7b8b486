package dev.holdfast.emulators.ibm;

import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.demo.DemoCall;
import dev.holdfast.emulators.demo.DemoProvider;
import dev.holdfast.emulators.demo.DemoSetting;
import dev.holdfast.emulators.demo.DemoStage;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.Scenario;
import java.util.List;

/** The demo's calls to IBM Cloud's services. */
public final class IbmDemo implements DemoProvider {
    private static final String INSTANCE = "/metadata/v1/instance?version=2025-08-26";

    /** Called by the service loader. */
    public IbmDemo() {}

    @Override
    public List<DemoCall> calls() {
        return List.of(
                DemoCall.of(
                                "ibm/vpc-metadata",
                                "the token has expired",
                                INSTANCE,
                                "The instance identity token has expired when it is used (401).",
                                StopReason.SUCCEEDED,
                                2,
                                200)
                        .meeting(Scenario.credentialsExpired()),
                DemoCall.of(
                                "ibm/vpc-metadata",
                                "revoked for good",
                                INSTANCE,
                                "The service refuses every token (401): one is renewed, and there it ends.",
                                StopReason.REFUSED_AGAIN,
                                2,
                                401)
                        .meeting(Scenario.credentialRefused(Integer.MAX_VALUE)));
    }

    @Override
    public DemoStage stage(String service, DemoSetting setting) {
        return switch (service) {
            case "ibm/vpc-metadata" -> vpcMetadata(setting);
            default -> throw new IllegalArgumentException("the demo has no stage for " + service);
        };
    }

    private static DemoStage vpcMetadata(DemoSetting setting) {
        Emulator vpc = new IbmVpcMetadataEmulator(setting.clock()).start();
        return new DemoStage(
                IbmVpcMetadata.SERVICE,
                vpc,
                List.of(),
                IbmVpcMetadata.identityTokens(setting.client(IbmVpcMetadata.SERVICE, vpc))
                        .build());
    }
}
