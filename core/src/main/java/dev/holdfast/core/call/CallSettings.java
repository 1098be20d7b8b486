package dev.holdfast.core.call;

import dev.holdfast.core.HoldfastListener;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.gate.GateRegistry;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.retry.RetryAccounts;
import dev.holdfast.core.time.Clock;
import dev.holdfast.core.time.Scheduler;
import java.net.URI;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the builder of a {@code Holdfast} instance has collected beside service, rules and policy. Immutable.
 *
 * @param endpoint the address that replaces the service's own, or null for the service's own
 * @param listener receives events
 * @param clock tells the time
 * @param scheduler ends the waits of asynchronous calls and of the gates
 * @param random the source of jitter, safe for several threads
 * @param accounts records decisions in the user's registry
 * @param gates where the gates are
 * @param gateSettings the user's limits by category
 * @param budget whether retries draw on the gate's budget
 * @param credentials where credentials come from, or null where requests go as the caller made them
 */
public record CallSettings(
        @Nullable URI endpoint,
        HoldfastListener listener,
        Clock clock,
        Scheduler scheduler,
        RandomGenerator random,
        RetryAccounts accounts,
        GateRegistry gates,
        Map<String, GateSettings> gateSettings,
        boolean budget,
        @Nullable CredentialSource credentials) {

    /**
     * Returns the settings of a presence probe: no events, isolated gates, and no credential, because a 401 proves presence.
     *
     * @return a copy
     */
    CallSettings forProbe() {
        return new CallSettings(
                endpoint,
                HoldfastListener.NONE,
                clock,
                scheduler,
                random,
                accounts,
                new GateRegistry(clock, scheduler, null),
                gateSettings,
                budget,
                null);
    }
}
