package dev.holdfast.core.internal.limit;

import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
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

    private static final LimiterKey REFUSED = new LimiterKey("refused", "refused", "refused");

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
     * Returns the limiter of a key. Where several owners ask for different limits, the smaller value of each setting holds.
     *
     * @param key the key
     * @param limits how narrow it must be
     * @param owner for whom: its limits hold while it is reachable
     * @return the limiter, the same for the same key
     */
    public EndpointLimiter limiter(LimiterKey key, Limits limits, Object owner) {
        EndpointLimiter limiter = find(key, limits);
        limiter.claim(owner, limits);
        return limiter;
    }

    /**
     * Returns a limiter that no registry knows, for a call that is refused before it could use one.
     *
     * @return a new limiter without limits
     */
    public EndpointLimiter unregistered() {
        return new EndpointLimiter(REFUSED, Limits.NONE, timeSource, scheduler, null);
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
        return new EndpointLimiter(key, settings, timeSource, scheduler, registry);
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
}
