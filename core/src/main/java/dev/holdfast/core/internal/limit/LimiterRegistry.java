package dev.holdfast.core.internal.limit;

import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds one limiter for each key. A limiter is made at its first use and lives as long as the registry. Thread-safe. */
public final class LimiterRegistry {
    private final Map<LimiterKey, EndpointLimiter> limiters = new ConcurrentHashMap<>();
    private final TimeSource timeSource;
    private final Scheduler scheduler;
    private final @Nullable RateLimiterRegistry registry;

    /**
     * Creates an empty registry.
     *
     * @param timeSource tells the time
     * @param scheduler ends waits
     * @param registry the user's registry for the rate limiters, or null for limiters that no registry knows
     */
    public LimiterRegistry(TimeSource timeSource, Scheduler scheduler, @Nullable RateLimiterRegistry registry) {
        this.timeSource = Objects.requireNonNull(timeSource, "timeSource must not be null");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler must not be null");
        this.registry = registry;
    }

    /**
     * Returns the limiter of a key.
     *
     * @param key the key
     * @param settings how narrow it is
     * @return the limiter, the same for the same key
     * @throws IllegalArgumentException if it was made with other settings; both are named
     */
    public EndpointLimiter limiter(LimiterKey key, Limits settings) {
        EndpointLimiter limiter = limiters.computeIfAbsent(
                key, k -> new EndpointLimiter(settings, spacing(k, settings), timeSource, scheduler));
        if (!limiter.settings().equals(settings)) {
            throw new IllegalArgumentException(
                    "the limiter " + key + " is open with " + limiter.settings() + ", so it cannot be asked for with "
                            + settings + "; use the same settings, or Limiters.isolated()");
        }
        return limiter;
    }

    private @Nullable Spacing spacing(LimiterKey key, Limits settings) {
        Duration interval = settings.interval();
        return interval == null ? null : new Spacing(key, interval, timeSource, registry);
    }
}
