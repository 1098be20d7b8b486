package dev.holdfast.testkit.emulator;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The scenarios that the command line knows by name. */
final class NamedScenarios {
    private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();
    private static final Map<String, String> SENTENCES = new LinkedHashMap<>();

    static {
        add(
                "throttle",
                "The next 3 requests are throttled, with the status that the service uses for it.",
                Scenario.throttle(3));
        add(
                "updating",
                "The host is being updated: every request gets a 410 for 75 seconds.",
                Scenario.updating(Duration.ofSeconds(75)));
        add("unavailable", "The next 3 requests meet a service that is out of order.", Scenario.unavailable(3));
        add(
                "not-found-yet",
                "The next 3 requests come before the service is provisioned (404).",
                Scenario.notFoundYet(3));
        add("drop", "The next 2 connections are closed instead of an answer.", Scenario.dropConnection(2));
        add("stall", "The next request gets no answer until the client gives up.", Scenario.stall(1));
        add("proxy", "The next request is answered by a web proxy's page (502).", Scenario.proxyPage(1));
        add("truncated", "The next answer ends in the middle of its body.", Scenario.truncatedBody(1));
        add("slow", "The next answer's body takes 4 seconds.", Scenario.slowBody(Duration.ofSeconds(4), 1));
        add(
                "token-down",
                "The next 5 requests for a token meet a service that is out of order (503).",
                Scenario.unavailable(5).onlyForTokens());
        add(
                "token-slow",
                "The next token takes 6 seconds.",
                Scenario.slowBody(Duration.ofSeconds(6), 1).onlyForTokens());
        add("credential-refused", "The next request's credential is refused (401).", Scenario.credentialRefused(1));
        add(
                "credentials-expired",
                "All credentials issued so far have expired when the next one is used.",
                Scenario.credentialsExpired());
        add("revoked", "Every credential is refused (401), for good.", Scenario.credentialRefused(Integer.MAX_VALUE));
        add(
                "key-rotation",
                "The service signs with another key; credentials of the old one are good for 60 seconds yet.",
                Scenario.keyRotation(Duration.ofSeconds(60)));
        add(
                "rough-start",
                "A VM that has just started: 2 dropped connections, 2 times 404, one 429, then 410 for 20 seconds.",
                Scenario.dropConnection(2)
                        .then(Scenario.notFoundYet(2))
                        .then(Scenario.throttle(1))
                        .then(Scenario.updating(Duration.ofSeconds(20))));
    }

    private NamedScenarios() {}

    private static void add(String name, String sentence, Scenario scenario) {
        SCENARIOS.put(name, scenario);
        SENTENCES.put(name, sentence);
    }

    static Scenario get(String name) {
        Scenario scenario = SCENARIOS.get(name);
        if (scenario == null) {
            throw new IllegalArgumentException(
                    "there is no scenario \"" + name + "\"; there are " + String.join(", ", SCENARIOS.keySet()));
        }
        return scenario;
    }

    static Map<String, String> sentences() {
        return Collections.unmodifiableMap(SENTENCES);
    }
}
