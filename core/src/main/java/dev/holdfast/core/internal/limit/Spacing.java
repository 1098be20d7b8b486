package dev.holdfast.core.internal.limit;

import dev.holdfast.core.time.TimeSource;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rate limiter of resilience4j in the one way that spreads evenly and can slow down: ten permits an interval, of which a call takes ten,
 * or twenty while the service throttles. Its windows are fixed and a booking cannot be given back, so the limiter books for one waiter at a time.
 */
final class Spacing {
    private static final int CALL = 10;
    private static final int SLOWED_CALL = 20;
    private static final Duration PATIENCE = Duration.ofHours(3);

    private final RateLimiter limiter;

    Spacing(LimiterKey key, Duration interval, TimeSource clock, @Nullable RateLimiterRegistry registry) {
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(CALL)
                .limitRefreshPeriod(interval)
                .timeoutDuration(PATIENCE)
                .build();
        // A registry cannot be told a clock, so the limiter is made here and takes the place of the one the registry
        // makes.
        this.limiter = RateLimiter.of(key.toString(), config, clock::nanoTime);
        if (registry != null) {
            registry.rateLimiter(key.toString(), config);
            registry.replace(key.toString(), limiter);
        }
    }

    /** Books for one call: nanoseconds until it may go, 0 for now. */
    long book(boolean slowed) {
        return Math.max(0, limiter.reservePermission(slowed ? SLOWED_CALL : CALL));
    }
}
