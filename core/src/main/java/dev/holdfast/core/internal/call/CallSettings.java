package dev.holdfast.core.internal.call;

import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.internal.engine.Resilience4jRecorder;
import dev.holdfast.core.internal.limit.LimiterRegistry;
import dev.holdfast.core.internal.text.Origin;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the builder of a {@code Holdfast} instance has collected beside service, rules and policy. Immutable.
 *
 * @param endpoint the address that replaces the service's own, or null for the service's own
 * @param furtherOrigins where requests may go beside the endpoint, in the spelling of {@link Origin}
 * @param listener receives events
 * @param timeSource tells the time
 * @param scheduler ends the waits of asynchronous calls and of the limiters
 * @param random the source of jitter, safe for several threads
 * @param recorder records decisions in the user's registry
 * @param limiters where the limiters are
 * @param limits the user's limits by category
 * @param budget whether retries draw on the limiter's budget
 * @param credentials where credentials come from, or null where requests go as the caller made them
 * @param probeTimeout how long one presence probe may take
 */
public record CallSettings(
        @Nullable URI endpoint,
        List<Origin> furtherOrigins,
        HoldfastListener listener,
        TimeSource timeSource,
        Scheduler scheduler,
        RandomGenerator random,
        Resilience4jRecorder recorder,
        LimiterRegistry limiters,
        Map<String, Limits> limits,
        boolean budget,
        @Nullable CredentialSource credentials,
        Duration probeTimeout) {

    /**
     * Returns the settings of a presence probe: no events, isolated limiters, and no credential, because a 401 proves presence.
     *
     * @return a copy
     */
    CallSettings forProbe() {
        return new CallSettings(
                endpoint,
                furtherOrigins,
                HoldfastListener.NONE,
                timeSource,
                scheduler,
                random,
                recorder,
                new LimiterRegistry(timeSource, scheduler, null),
                limits,
                budget,
                null,
                probeTimeout);
    }
}
