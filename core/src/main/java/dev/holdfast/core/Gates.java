package dev.holdfast.core;

import dev.holdfast.core.gate.GateRegistry;
import dev.holdfast.core.time.Clock;
import dev.holdfast.core.time.Scheduler;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.util.Objects;

/**
 * All gates of a process, or of a part of it that wants its own. Gates are made when first asked for and live as long as this object. Safe
 * for several threads.
 */
public final class Gates {
    private static final Gates SHARED = isolated();

    private final GateRegistry registry;

    private Gates(GateRegistry registry) {
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
        return new Gates(new GateRegistry(clock, scheduler, null));
    }

    /**
     * Gates whose rate limiters stand in your registry of resilience4j-ratelimiter, named after their keys.
     *
     * @param registry your registry
     * @return a new instance on the machine's clocks
     */
    public static Gates in(RateLimiterRegistry registry) {
        return new Gates(new GateRegistry(
                Clock.system(), Scheduler.shared(), Objects.requireNonNull(registry, "registry must not be null")));
    }

    GateRegistry registry() {
        return registry;
    }
}
