package dev.holdfast.emulators.azure;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.demo.DemoCall;
import dev.holdfast.emulators.demo.DemoProvider;
import dev.holdfast.emulators.demo.DemoSetting;
import dev.holdfast.emulators.demo.DemoStage;
import dev.holdfast.testkit.emulator.Act;
import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.Scenario;
import java.util.List;

/** The demo's calls to Azure's services. */
public final class AzureDemo implements DemoProvider {
    private static final String INSTANCE = "/metadata/instance?api-version=2021-02-01";
    private static final String LOAD_BALANCER = "/metadata/loadbalancer?api-version=2020-10-01";
    private static final String EVENTS = "/metadata/scheduledevents?api-version=2020-07-01";
    private static final String TOKEN =
            "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F";
    private static final String STRANGER = "&client_id=00000000-0000-0000-0000-000000000001";
    private static final int UPDATING_ANSWERS = 4;
    private static final int FOR_EVER = 1_000;
    private static final String DIAGNOSTICS =
            "/subscriptions/8d10da13-8125-4ba9-a717-bf7490507b3d/providers/Microsoft.Compute/locations/westeurope/diagnostics"
                    + "?api-version=2024-03-01-preview";

    /** Called by the service loader. */
    public AzureDemo() {}

    @Override
    public List<DemoCall> calls() {
        return List.of(
                imds("healthy", INSTANCE, "answers.", StopReason.SUCCEEDED, 1, 200),
                imds(
                                "throttled, then well",
                                INSTANCE,
                                "throttles two requests (429), then answers.",
                                StopReason.SUCCEEDED,
                                3,
                                200)
                        .meeting(Scenario.throttle(2)),
                imds(
                                "503 burst",
                                LOAD_BALANCER,
                                "is out of order for three requests (503), then answers.",
                                StopReason.SUCCEEDED,
                                4,
                                200)
                        .meeting(Scenario.unavailable(3)),
                imds(
                                "host update",
                                INSTANCE,
                                "is being updated (410). Real updates take up to 70 s and more; this one is shortened to four answers, about 3 s.",
                                StopReason.SUCCEEDED,
                                UPDATING_ANSWERS + 1,
                                200)
                        .meeting(new Scenario(List.of(new Act(Effect.Refusal.UPDATING, UPDATING_ANSWERS, null, null)))),
                imds(
                                "load balancer data come later",
                                LOAD_BALANCER,
                                "says twice that load balancer metadata are not available right now (404), then has them.",
                                StopReason.SUCCEEDED,
                                3,
                                200)
                        .meeting(Scenario.notFoundYet(2)),
                imds(
                                "dropped connections",
                                EVENTS,
                                "closes two connections instead of an answer, then answers.",
                                StopReason.SUCCEEDED,
                                3,
                                200)
                        .meeting(Scenario.dropConnection(2)),
                imds(
                        "identity not found",
                        TOKEN + STRANGER,
                        "does not know this identity (400 invalid_request).",
                        StopReason.FAILED,
                        1,
                        400),
                imds(
                                "throttled for good",
                                TOKEN,
                                "throttles every request (429, with the same code invalid_request as the call before).",
                                StopReason.ATTEMPTS,
                                5,
                                429)
                        .meeting(Scenario.throttle(FOR_EVER)),
                imds(
                                "a proxy answers",
                                INSTANCE,
                                "is not reached: a web proxy answers each request with a page (502).",
                                StopReason.ATTEMPTS,
                                5,
                                502)
                        .meeting(Scenario.proxyPage(FOR_EVER)),
                imds(
                                "no load balancer",
                                LOAD_BALANCER,
                                "says that the VM is behind no load balancer (404), and to \"retry later\".",
                                StopReason.FAILED,
                                1,
                                404)
                        .meeting(imds -> ((AzureImdsEmulator) imds).withoutLoadBalancer()),
                imds(
                                "the same, cut in half",
                                LOAD_BALANCER,
                                "says the same, but the connection breaks in the middle of the sentence; the next answer is whole.",
                                StopReason.FAILED,
                                2,
                                404)
                        .meeting(Scenario.truncatedBody(1)),
                DemoCall.of(
                                "azure/vm-inspector",
                                "a token is refused",
                                DIAGNOSTICS,
                                "Azure Resource Manager refuses a managed identity's token once (401); IMDS gives another, past its cache.",
                                StopReason.SUCCEEDED,
                                2,
                                200)
                        .meeting(Scenario.credentialRefused(1)));
    }

    @Override
    public DemoStage stage(String service, DemoSetting setting) {
        return switch (service) {
            case "azure/imds" ->
                new DemoStage(AzureImds.SERVICE, new AzureImdsEmulator(setting.clock()).start(), List.of(), null);
            case "azure/vm-inspector" -> vmInspector(setting);
            default -> throw new IllegalArgumentException("the demo has no stage for " + service);
        };
    }

    private static DemoStage vmInspector(DemoSetting setting) {
        AzureImdsEmulator imds = new AzureImdsEmulator(setting.clock()).start();
        return new DemoStage(
                AzureVmInspector.SERVICE,
                new AzureVmInspectorEmulator(setting.clock()).trusting(imds).start(),
                List.of(imds),
                AzureImds.managedIdentity(setting.client(AzureImds.SERVICE, imds), "https://management.azure.com/")
                        .build());
    }

    private static DemoCall imds(
            String name, String target, String endpoint, StopReason reason, int requests, int status) {
        return DemoCall.of("azure/imds", name, target, "The endpoint " + endpoint, reason, requests, status);
    }
}
