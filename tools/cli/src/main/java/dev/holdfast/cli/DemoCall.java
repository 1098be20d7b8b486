package dev.holdfast.cli;

import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.testkit.emulator.Act;
import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.Scenario;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One call of the demo: whom the agent asks what, what the endpoint does to it, and how it must end. */
record DemoCall(
        String service,
        String name,
        String target,
        Map<String, String> headers,
        String endpoint,
        Consumer<Emulator> play,
        Ending must) {
    private static final String INSTANCE = "/metadata/instance?api-version=2021-02-01";
    private static final String LOAD_BALANCER = "/metadata/loadbalancer?api-version=2020-10-01";
    private static final String EVENTS = "/metadata/scheduledevents?api-version=2020-07-01";
    private static final String TOKEN =
            "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F";
    private static final String STRANGER = "&client_id=00000000-0000-0000-0000-000000000001";
    private static final int UPDATING_ANSWERS = 4;
    private static final int FOR_EVER = 1_000;

    /** Why a call stopped, how many requests the endpoint saw, and the last status. */
    record Ending(StopReason reason, int requests, int status) {

        @Override
        public String toString() {
            return reason.id() + " with " + status + " after " + requests + (requests == 1 ? " request" : " requests");
        }
    }

    /** Calls of one stage follow one another; a source that has just renewed does not do so again at once, so that call has its own. */
    String stage() {
        return must.reason() == StopReason.REFUSED_AGAIN ? service + " " + name : service;
    }

    static List<DemoCall> all() {
        return Stream.concat(ofImds().stream(), DemoCredentialCalls.all().stream())
                .toList();
    }

    private static List<DemoCall> ofImds() {
        return List.of(
                call("healthy", INSTANCE, "answers.", imds -> {}, StopReason.SUCCEEDED, 1, 200),
                call(
                        "throttled, then well",
                        INSTANCE,
                        "throttles two requests (429), then answers.",
                        imds -> imds.play(Scenario.throttle(2)),
                        StopReason.SUCCEEDED,
                        3,
                        200),
                call(
                        "503 burst",
                        LOAD_BALANCER,
                        "is out of order for three requests (503), then answers.",
                        imds -> imds.play(Scenario.unavailable(3)),
                        StopReason.SUCCEEDED,
                        4,
                        200),
                call(
                        "host update",
                        INSTANCE,
                        "is being updated (410). Real updates take up to 70 s and more; this one is shortened to four answers, about 3 s.",
                        imds -> imds.play(
                                new Scenario(List.of(new Act(Effect.Refusal.UPDATING, UPDATING_ANSWERS, null, null)))),
                        StopReason.SUCCEEDED,
                        UPDATING_ANSWERS + 1,
                        200),
                call(
                        "load balancer data come later",
                        LOAD_BALANCER,
                        "says twice that load balancer metadata are not available right now (404), then has them.",
                        imds -> imds.play(Scenario.notFoundYet(2)),
                        StopReason.SUCCEEDED,
                        3,
                        200),
                call(
                        "dropped connections",
                        EVENTS,
                        "closes two connections instead of an answer, then answers.",
                        imds -> imds.play(Scenario.dropConnection(2)),
                        StopReason.SUCCEEDED,
                        3,
                        200),
                call(
                        "identity not found",
                        TOKEN + STRANGER,
                        "does not know this identity (400 invalid_request).",
                        imds -> {},
                        StopReason.FAILED,
                        1,
                        400),
                call(
                        "throttled for good",
                        TOKEN,
                        "throttles every request (429, with the same code invalid_request as the call before).",
                        imds -> imds.play(Scenario.throttle(FOR_EVER)),
                        StopReason.ATTEMPTS,
                        5,
                        429),
                call(
                        "a proxy answers",
                        INSTANCE,
                        "is not reached: a web proxy answers with a page (502).",
                        imds -> imds.play(Scenario.proxyPage(FOR_EVER)),
                        StopReason.FAILED,
                        1,
                        502),
                call(
                        "no load balancer",
                        LOAD_BALANCER,
                        "says that the VM is behind no load balancer (404), and to \"retry later\".",
                        imds -> ((AzureImdsEmulator) imds).withoutLoadBalancer(),
                        StopReason.FAILED,
                        1,
                        404),
                call(
                        "the same, cut in half",
                        LOAD_BALANCER,
                        "says the same, but the connection breaks in the middle of the sentence; the next answer is whole.",
                        imds -> imds.play(Scenario.truncatedBody(1)),
                        StopReason.FAILED,
                        2,
                        404));
    }

    private static DemoCall call(
            String name,
            String target,
            String endpoint,
            Consumer<Emulator> play,
            StopReason reason,
            int requests,
            int status) {
        return new DemoCall(
                "azure/imds",
                name,
                target,
                Map.of(),
                "The endpoint " + endpoint,
                play,
                new Ending(reason, requests, status));
    }
}
