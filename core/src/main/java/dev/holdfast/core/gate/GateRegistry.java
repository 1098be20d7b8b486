package dev.holdfast.core.gate;

import dev.holdfast.core.time.Clock;
import dev.holdfast.core.time.Scheduler;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds one gate for each key. A gate is made at its first use and lives as long as the registry. Thread-safe. */
public final class GateRegistry {
    private final Map<GateKey, Gate> gates = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Scheduler scheduler;
    private final @Nullable RateLimiterRegistry registry;

    /**
     * Creates an empty registry.
     *
     * @param clock tells the time
     * @param scheduler ends waits
     * @param registry the user's registry for the rate limiters, or null for limiters that no registry knows
     */
    public GateRegistry(Clock clock, Scheduler scheduler, @Nullable RateLimiterRegistry registry) {
        this.clock = Objects.requireNonNull(clock, "clock must not be null");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler must not be null");
        this.registry = registry;
    }

    /**
     * The gate of a key.
     *
     * @param key the key
     * @param settings how narrow it is
     * @return the gate, the same for the same key
     * @throws IllegalArgumentException if it was made with other settings; both are named
     */
    public Gate gate(GateKey key, GateSettings settings) {
        Gate gate = gates.computeIfAbsent(key, k -> new Gate(settings, spacing(k, settings), clock, scheduler));
        if (!gate.settings().equals(settings)) {
            throw new IllegalArgumentException("the gate " + key + " is open with " + gate.settings()
                    + ", so it cannot be asked for with " + settings + "; use the same settings, or Gates.isolated()");
        }
        return gate;
    }

    private @Nullable GateLimiter spacing(GateKey key, GateSettings settings) {
        Duration interval = settings.interval();
        return interval == null ? null : new GateLimiter(key, interval, clock, registry);
    }
}
