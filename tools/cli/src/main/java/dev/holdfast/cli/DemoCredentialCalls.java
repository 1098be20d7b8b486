package dev.holdfast.cli;

import dev.holdfast.cli.DemoCall.Ending;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.huawei.HuaweiIMetalEmulator;
import dev.holdfast.testkit.emulator.Scenario;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The demo's calls to services that want a credential. */
final class DemoCredentialCalls {
    private static final String DIAGNOSTICS =
            "/subscriptions/8d10da13-8125-4ba9-a717-bf7490507b3d/providers/Microsoft.Compute/locations/westeurope/diagnostics"
                    + "?api-version=2024-03-01-preview";
    private static final String VPC_INSTANCE = "/metadata/v1/instance?version=2025-08-26";
    private static final String INSTANCES = "/v1/" + HuaweiIMetalEmulator.PROJECT_ID + "/instances";
    private static final String HUAWEI_DOCUMENT = "/openstack/latest/meta_data.json";
    private static final String BALANCERS = "/?RegionId=cn-hangzhou";
    private static final String INSTANCE_ID = "/latest/meta-data/instance-id";

    private DemoCredentialCalls() {}

    static List<DemoCall> all() {
        return List.of(
                call(
                        "azure/vm-inspector",
                        "a token is refused",
                        DIAGNOSTICS,
                        "Azure Resource Manager refuses a managed identity's token once (401); IMDS gives another, past its cache.",
                        Scenario.credentialRefused(1),
                        renewed()),
                call(
                        "ibm/vpc-metadata",
                        "the token has expired",
                        VPC_INSTANCE,
                        "The instance identity token has expired when it is used (401).",
                        Scenario.credentialsExpired(),
                        renewed()),
                call(
                        "ibm/vpc-metadata",
                        "revoked for good",
                        VPC_INSTANCE,
                        "The service refuses every token (401): one is renewed, and there it ends.",
                        Scenario.credentialRefused(Integer.MAX_VALUE),
                        new Ending(StopReason.REFUSED_AGAIN, 2, 401)),
                call(
                        "huawei/imetal",
                        "signed, and throttled",
                        INSTANCES,
                        "The API gateway checks the signature by temporary keys, and throttles once (429).",
                        Scenario.throttle(1),
                        new Ending(StopReason.SUCCEEDED, 2, 200)),
                call(
                        "huawei/imetal",
                        "the keys have ended",
                        INSTANCES,
                        "The temporary keys have ended (401, APIGW.0301); the metadata service has new ones.",
                        Scenario.credentialsExpired(),
                        renewed()),
                call(
                        "huawei/metadata",
                        "the token has expired",
                        HUAWEI_DOCUMENT,
                        "This server insists on tokens, and the agent's has expired (401).",
                        Scenario.credentialsExpired(),
                        renewed()),
                call(
                        "alibaba/slb",
                        "this machine's clock is wrong",
                        BALANCERS,
                        "This machine is 20 minutes late, so its signature has expired (400); the next is made by the server's own time.",
                        null,
                        new Ending(StopReason.SUCCEEDED, 2, 200)),
                call(
                        "alibaba/slb",
                        "throttled with a 400",
                        BALANCERS,
                        "The RPC gateway throttles twice, with the status 400. Each attempt is signed anew.",
                        Scenario.throttle(2),
                        new Ending(StopReason.SUCCEEDED, 3, 200)),
                call(
                        "alibaba/metadata",
                        "the token has expired",
                        INSTANCE_ID,
                        "This instance is hardened: without a token nobody is answered, and the agent's has expired (401).",
                        Scenario.credentialsExpired(),
                        renewed()));
    }

    private static Ending renewed() {
        return new Ending(StopReason.SUCCEEDED, 2, 200);
    }

    private static DemoCall call(
            String service, String name, String target, String endpoint, @Nullable Scenario scenario, Ending must) {
        Map<String, String> headers = service.equals("alibaba/slb")
                ? Map.of("x-acs-action", "DescribeLoadBalancers", "x-acs-version", "2014-05-15")
                : Map.of();
        return new DemoCall(
                service,
                name,
                target,
                headers,
                endpoint,
                emulator -> {
                    if (scenario != null) {
                        emulator.play(scenario);
                    }
                },
                must);
    }
}
