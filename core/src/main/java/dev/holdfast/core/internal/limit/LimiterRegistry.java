package dev.holdfast.core.internal.limit;

import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Holds one limiter for each key, made at its first use. One that has nothing to remember and that no call and no Holdfast holds is forgotten;
 * the next use makes an equal one. Thread-safe.
 */
public final class LimiterRegistry {
    /** Below this number the registry is not swept. */
    private static final int FEW = 1_000;

    private final Map<LimiterKey, LimiterSlot> slots = new ConcurrentHashMap<>();
    private final AtomicInteger sweepAt = new AtomicInteger(FEW);
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
        EndpointLimiter limiter = find(key, settings);
        if (!limiter.settings().equals(settings)) {
            throw new IllegalArgumentException(
                    "the limiter " + key + " is open with " + limiter.settings() + ", so it cannot be asked for with "
                            + settings + "; use the same settings, or Limiters.isolated()");
        }
        return limiter;
    }

    /**
     * Returns a limiter that no registry knows, for a call that is refused before it could use one.
     *
     * @return a new limiter without limits
     */
    public EndpointLimiter unregistered() {
        return new EndpointLimiter(Limits.NONE, null, timeSource, scheduler);
    }

    /**
     * Returns how many limiters are remembered.
     *
     * @return the number, limiters that are about to be forgotten included
     */
    public int size() {
        return slots.size();
    }

    private EndpointLimiter find(LimiterKey key, Limits settings) {
        EndpointLimiter[] found = new EndpointLimiter[1];
        slots.compute(key, (k, slot) -> {
            EndpointLimiter known = slot == null ? null : slot.limiter();
            found[0] = known == null ? make(k, settings) : known;
            return known == null ? found[0].slot() : slot;
        });
        if (slots.size() > sweepAt.get()) {
            sweep();
        }
        return found[0];
    }

    private EndpointLimiter make(LimiterKey key, Limits settings) {
        return new EndpointLimiter(settings, spacing(key, settings), timeSource, scheduler);
    }

    /** Lets go of what has nothing to remember. Not again before a thousand more were made, so that a use costs little. */
    void sweep() {
        slots.forEach((key, slot) -> {
            if (!slot.loosen() && slots.remove(key, slot) && registry != null) {
                registry.remove(key.toString());
            }
        });
        sweepAt.set(slots.size() + FEW);
    }

    private @Nullable Spacing spacing(LimiterKey key, Limits settings) {
        Duration interval = settings.interval();
        return interval == null ? null : new Spacing(key, interval, timeSource, registry);
    }
}
