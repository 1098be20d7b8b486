package dev.holdfast.emulators.alibaba;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.demo.DemoCall;
import dev.holdfast.emulators.demo.DemoProvider;
import dev.holdfast.emulators.demo.DemoSetting;
import dev.holdfast.emulators.demo.DemoStage;
import dev.holdfast.testkit.SkewedClock;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The demo's calls to Alibaba Cloud's services. */
public final class AlibabaDemo implements DemoProvider {
    /** How far this machine's clock is behind that of SLB; the window of SLB is 15 minutes. */
    private static final Duration BEHIND = Duration.ofMinutes(20);

    private static final String BALANCERS = "/?RegionId=cn-hangzhou";
    private static final Map<String, String> BALANCERS_HEADERS =
            Map.of("x-acs-action", "DescribeLoadBalancers", "x-acs-version", "2014-05-15");
    private static final String INSTANCE_ID = "/latest/meta-data/instance-id";

    /** Called by the service loader. */
    public AlibabaDemo() {}

    @Override
    public List<DemoCall> calls() {
        return List.of(
                DemoCall.of(
                                "alibaba/slb",
                                "this machine's clock is wrong",
                                BALANCERS,
                                "This machine is 20 minutes late, so its signature has expired (400); the next is made by the server's own time.",
                                StopReason.SUCCEEDED,
                                2,
                                200)
                        .asking("DescribeLoadBalancers", BALANCERS_HEADERS),
                DemoCall.of(
                                "alibaba/slb",
                                "throttled with a 400",
                                BALANCERS,
                                "The RPC gateway throttles twice, with the status 400. Each attempt is signed anew.",
                                StopReason.SUCCEEDED,
                                3,
                                200)
                        .meeting(Scenario.throttle(2))
                        .asking("DescribeLoadBalancers", BALANCERS_HEADERS),
                DemoCall.of(
                                "alibaba/metadata",
                                "the token has expired",
                                INSTANCE_ID,
                                "This instance is hardened: without a token no request is answered, and the agent's has expired (401).",
                                StopReason.SUCCEEDED,
                                2,
                                200)
                        .meeting(Scenario.credentialsExpired()));
    }

    @Override
    public DemoStage stage(String service, DemoSetting setting) {
        return switch (service) {
            case "alibaba/slb" -> slb(setting);
            case "alibaba/metadata" -> alibabaMetadata(setting);
            default -> throw new IllegalArgumentException("the demo has no stage for " + service);
        };
    }

    private static DemoStage slb(DemoSetting setting) {
        AlibabaMetadataEmulator metadata = new AlibabaMetadataEmulator(setting.clock()).start();
        return new DemoStage(
                AlibabaSlb.in("cn-hangzhou"),
                new AlibabaSlbEmulator(new SkewedClock(setting.clock(), BEHIND))
                        .knowing(metadata)
                        .start(),
                List.of(metadata),
                AlibabaMetadata.roleCredentials(setting.client(AlibabaMetadata.SERVICE, metadata))
                        .build());
    }

    private static DemoStage alibabaMetadata(DemoSetting setting) {
        Emulator metadata =
                new AlibabaMetadataEmulator(setting.clock()).hardened().start();
        return new DemoStage(
                AlibabaMetadata.SERVICE,
                metadata,
                List.of(),
                AlibabaMetadata.tokens(setting.client(AlibabaMetadata.SERVICE, metadata))
                        .build());
    }
}
