package dev.holdfast.core.gate;

import dev.holdfast.core.time.Clock;
import dev.holdfast.core.time.Scheduler;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All gates of a process, or of a part of it that wants its own. Gates are made when first asked for and live as long as this object. Safe
 * for several threads.
 */
public final class Gates {
    private static final Gates SHARED = isolated();

    private final Map<GateKey, Gate> gates = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Scheduler scheduler;
    private final @Nullable RateLimiterRegistry registry;

    private Gates(Clock clock, Scheduler scheduler, @Nullable RateLimiterRegistry registry) {
        this.clock = Objects.requireNonNull(clock, "clock must not be null");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler must not be null");
        this.registry = registry;
    }

    /**
     * The gates of this process: documented limits hold for a VM, so everything in it should share them.
     *
     * @return the shared instance
     */
    public static Gates shared() {
        return SHARED;
    }

    /**
     * Gates of their own.
     *
     * @return a new instance on the machine's clocks
     */
    public static Gates isolated() {
        return isolated(Clock.system(), Scheduler.shared());
    }

    /**
     * Gates of their own on another time, for tests.
     *
     * @param clock the clock
     * @param scheduler where waits end
     * @return a new instance
     */
    public static Gates isolated(Clock clock, Scheduler scheduler) {
        return new Gates(clock, scheduler, null);
    }

    /**
     * Gates whose rate limiters stand in your registry of resilience4j-ratelimiter, named after their keys.
     *
     * @param registry your registry
     * @return a new instance on the machine's clocks
     */
    public static Gates in(RateLimiterRegistry registry) {
        return new Gates(
                Clock.system(), Scheduler.shared(), Objects.requireNonNull(registry, "registry must not be null"));
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
        Gate gate = gates.computeIfAbsent(key, k -> new Gate(settings, limiter(k, settings), clock, scheduler));
        if (!gate.settings().equals(settings)) {
            throw new IllegalArgumentException("the gate " + key + " is open with " + gate.settings()
                    + ", so it cannot be asked for with " + settings + "; use the same settings, or Gates.isolated()");
        }
        return gate;
    }

    private @Nullable GateLimiter limiter(GateKey key, GateSettings settings) {
        Duration interval = settings.interval();
        return interval == null ? null : new GateLimiter(key, interval, clock, registry);
    }
}
