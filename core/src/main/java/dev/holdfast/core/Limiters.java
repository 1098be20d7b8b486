package dev.holdfast.core;

import dev.holdfast.core.internal.limit.LimiterRegistry;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.util.Objects;

/**
 * All limiters of a process, or of a part of it that wants its own. Limiters are made when first asked for. One that has nothing to remember, and
 * that no {@link Holdfast} in use holds, is forgotten, so their number is bounded by what is in use. Safe for several threads.
 */
public final class Limiters {
    private static final Limiters SHARED = isolated();

    private final LimiterRegistry registry;

    private Limiters(LimiterRegistry registry) {
        this.registry = registry;
    }

    /**
     * The limiters of this process: documented limits hold for a VM, so everything in it should share them.
     *
     * @return the shared instance
     */
    public static Limiters shared() {
        return SHARED;
    }

    /**
     * Limiters of their own.
     *
     * @return a new instance on the machine's clocks
     */
    public static Limiters isolated() {
        return isolated(TimeSource.system(), Scheduler.shared());
    }

    /**
     * Limiters of their own on another time, for tests.
     *
     * @param clock the clock
     * @param scheduler where waits end
     * @return a new instance
     */
    public static Limiters isolated(TimeSource clock, Scheduler scheduler) {
        return new Limiters(new LimiterRegistry(clock, scheduler, null));
    }

    /**
     * Limiters whose rate limiters stand in your registry of resilience4j-ratelimiter, named after their keys.
     *
     * @param registry your registry
     * @return a new instance on the machine's clocks
     */
    public static Limiters in(RateLimiterRegistry registry) {
        return new Limiters(new LimiterRegistry(
                TimeSource.system(),
                Scheduler.shared(),
                Objects.requireNonNull(registry, "registry must not be null")));
    }

    LimiterRegistry registry() {
        return registry;
    }
}
