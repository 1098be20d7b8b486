package dev.holdfast.emulators.demo;

import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.Scenario;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of the demo: what the agent asks, what the endpoint does to the call, and how the call must end.
 *
 * @param service the id of the service
 * @param name the call's name, a few words
 * @param target path and query
 * @param headers the headers that the agent sets
 * @param action what the target does not say about the request, or null
 * @param endpoint one sentence about what the endpoint does
 * @param play makes the emulator do so
 * @param must how the call must end
 */
public record DemoCall(
        String service,
        String name,
        String target,
        Map<String, String> headers,
        @Nullable String action,
        String endpoint,
        Consumer<Emulator> play,
        Ending must) {

    /**
     * Says why a call stopped.
     *
     * @param reason why
     * @param requests how many requests the endpoint saw
     * @param status the last status
     */
    public record Ending(StopReason reason, int requests, int status) {

        @Override
        public String toString() {
            return reason.id() + " with " + status + " after " + requests + (requests == 1 ? " request" : " requests");
        }
    }

    /**
     * Describes a call that the endpoint answers as usual.
     *
     * @param service the id of the service
     * @param name the call's name, a few words
     * @param target path and query
     * @param endpoint one sentence about what the endpoint does
     * @param reason why the call must stop
     * @param requests how many requests the endpoint must see
     * @param status the last status that the endpoint must give
     * @return the call
     */
    public static DemoCall of(
            String service, String name, String target, String endpoint, StopReason reason, int requests, int status) {
        return new DemoCall(
                service, name, target, Map.of(), null, endpoint, emulator -> {}, new Ending(reason, requests, status));
    }

    /**
     * Returns the same call, which meets a scenario.
     *
     * @param scenario the scenario
     * @return a new call
     */
    public DemoCall meeting(Scenario scenario) {
        return meeting(emulator -> emulator.play(scenario));
    }

    /**
     * Returns the same call, before which something is done to the emulator.
     *
     * @param change what is done
     * @return a new call
     */
    public DemoCall meeting(Consumer<Emulator> change) {
        return new DemoCall(service, name, target, headers, action, endpoint, change, must);
    }

    /**
     * Returns the same call with headers that say what is asked.
     *
     * @param words what they say
     * @param more the headers
     * @return a new call
     */
    public DemoCall asking(String words, Map<String, String> more) {
        return new DemoCall(service, name, target, more, words, endpoint, play, must);
    }

    /**
     * Returns the stage of the call. Calls of one stage follow one another; a source that has just renewed does not do so again at once, so
     * a call whose credential is refused again has a stage of its own.
     *
     * @return the stage's name
     */
    public String stage() {
        return must.reason() == StopReason.REFUSED_AGAIN ? service + " " + name : service;
    }
}
