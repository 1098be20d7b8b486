package dev.holdfast.core.internal.limit;

import dev.holdfast.core.time.TimeSource;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Spaces attempts evenly: one an interval, and one in two intervals for a while after a throttle. The limiter's lock is held at each call.
 *
 * <p>The rate limiter of resilience4j does the counting, so that a user's registry shows it. Three of its traits need care:
 *
 * <ul>
 *   <li>It has no slower rate than its limit: a new limit keeps the permits of the old one, and a new period is not possible. Therefore
 *       an interval has one permit, of which an attempt takes one, or two at half rate: those of two intervals.
 *   <li>Its windows are fixed from its first moment: an attempt at the end of one window and another at the beginning of the next would
 *       follow each other at once. Therefore {@code notBefore} counts the interval from the attempt before.
 *   <li>A reservation cannot be given back. Therefore only the first waiter has one, and the next waiter inherits what it leaves behind.
 * </ul>
 */
final class Spacing {
    private static final int ATTEMPT = 1;
    private static final int ATTEMPT_AT_HALF_RATE = 2;

    /** Exceeds the longest reservation, two intervals of at most an hour: the rate limiter never refuses one. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(3);

    /** Bounds the half rate after a throttle: other agents, unknown here, share the service's limit. */
    private static final Duration HALF_RATE_FOR = Duration.ofSeconds(30);

    private static final long NONE = Long.MIN_VALUE;

    private final RateLimiter rateLimiter;
    private final long interval;
    private final TimeSource timeSource;

    /** When the next attempt may go by the rate limiter's reservation, or none. */
    private long booked = NONE;
    /** The earliest time of the next attempt, counted from the attempt before; none until the first. */
    private long notBefore = NONE;
    /** The end of the half rate; zero before the first throttle. */
    private long halfRateUntil;

    Spacing(LimiterKey key, Duration interval, TimeSource timeSource, @Nullable RateLimiterRegistry registry) {
        this.interval = interval.toNanos();
        this.timeSource = timeSource;
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(ATTEMPT)
                .limitRefreshPeriod(interval)
                .timeoutDuration(LONGEST_WAIT)
                .build();
        this.rateLimiter = RateLimiter.of(key.toString(), config, timeSource::nanoTime);
        if (registry != null) {
            // A registry takes no time source. Its own limiter, made first, gives its place to this one.
            registry.rateLimiter(key.toString(), config);
            registry.replace(key.toString(), rateLimiter);
        }
    }

    /** Takes over from a spacing with another interval: what it counted goes on. */
    void follow(Spacing other) {
        notBefore = other.notBefore;
        halfRateUntil = other.halfRateUntil;
    }

    /** Halves the rate for a while. */
    void throttled() {
        // The lowest bit keeps the sum from being zero, which means never.
        halfRateUntil = timeSource.nanoTime() + HALF_RATE_FOR.toNanos() | 1;
    }

    /** Tells the least wait without a look at the rate limiter. A look there is a reservation, which a refused call must not leave. */
    long leastWait(long now) {
        return booked == NONE && notBefore != NONE ? Math.max(0, notBefore - now) : 0;
    }

    /** Tells the wait of a newcomer behind a number of waiters: the reservation that stands, and one interval for each of them. */
    long expectedWait(long now, int waiting) {
        long first = booked == NONE ? 0 : Math.max(0, booked - now);
        return first + waiting * intervalAt(now);
    }

    /** Tells when the next attempt is due: zero or less for now. Reserves for it, unless a reservation stands already. */
    long untilDue(long now) {
        if (booked == NONE) {
            booked = now + Math.max(0, rateLimiter.reservePermission(atHalfRate(now) ? ATTEMPT_AT_HALF_RATE : ATTEMPT));
            if (notBefore != NONE && notBefore - booked > 0) {
                booked = notBefore;
            }
        }
        return booked - now;
    }

    /** Uses the reservation up: an attempt goes now. */
    void take(long now) {
        booked = NONE;
        notBefore = now + intervalAt(now);
    }

    /**
     * Tells whether an attempt of this moment would go as the first one does. A reservation that waiters left behind and that is due holds nothing back, so it
     * must not keep the limiter from being forgotten.
     */
    boolean isIdle(long now) {
        return (booked == NONE || booked - now <= 0) && (notBefore == NONE || notBefore - now <= 0) && !atHalfRate(now);
    }

    private long intervalAt(long now) {
        return atHalfRate(now) ? interval * 2 : interval;
    }

    private boolean atHalfRate(long now) {
        return halfRateUntil != 0 && halfRateUntil - now > 0;
    }
}
