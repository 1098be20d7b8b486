package dev.holdfast.core.policy;

import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.internal.time.Randomness;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before an attempt when the server gave no retry-after, and the least wait when it gave a short one. The factories make what
 * most need; one of your own is a lambda. An implementation must be safe for several threads, and must not block.
 */
@FunctionalInterface
public interface Backoff {

    /**
     * The wait before the next attempt.
     *
     * @param retry how often this pace has been waited for in this call already, from 0
     * @param previous the last wait at this pace, or null before the first
     * @param random the source of jitter
     * @return the wait; one below zero counts as zero. What is thrown ends the call, and so does null
     */
    Duration delay(int retry, @Nullable Duration previous, RandomGenerator random);

    /**
     * The shortest and longest wait that can be drawn, for documentation and tests.
     *
     * @param retry from 0
     * @return the bounds of {@link #delay}, the previous wait having been as long as it can be; by default zero and the longest wait there is
     */
    default Range range(int retry) {
        return new Range(Duration.ZERO, Durations.FOREVER);
    }

    /**
     * The same backoff after a first retry without a wait: for a caller that waits, and a fault that is gone when one looks again. In an outage, each
     * call adds its second request at once, so only the retry budget bounds what a fleet adds. A retry-after is kept all the same.
     *
     * @return a backoff whose first wait is zero, and whose second is the first of this one
     */
    default Backoff afterImmediateFirst() {
        return new ImmediateFirst(this);
    }

    /**
     * The bounds of a wait.
     *
     * @param least the shortest
     * @param most the longest
     */
    record Range(Duration least, Duration most) {}

    /**
     * Evenly between 0 and {@code min(cap, base·2ⁿ)}: spreads a herd best.
     *
     * @param base the most of the first wait, above zero
     * @param cap the most of any wait, at least the base
     * @return the backoff
     * @throws IllegalArgumentException if base or cap is out of range
     */
    static Backoff fullJitter(Duration base, Duration cap) {
        return new FullJitter(base, cap);
    }

    /**
     * Half of {@code min(cap, base·2ⁿ)} for certain, the other half by chance: never comes back at once.
     *
     * @param base the most of the first wait, above zero
     * @param cap the most of any wait, at least the base
     * @return the backoff
     * @throws IllegalArgumentException if base or cap is out of range
     */
    static Backoff equalJitter(Duration base, Duration cap) {
        return new EqualJitter(base, cap);
    }

    /**
     * Evenly between base and {@code min(cap, 3·previous)}.
     *
     * @param base the least of any wait, above zero
     * @param cap the most of any wait, at least the base
     * @return the backoff
     * @throws IllegalArgumentException if base or cap is out of range
     */
    static Backoff decorrelatedJitter(Duration base, Duration cap) {
        return new DecorrelatedJitter(base, cap);
    }

    /**
     * Always the same wait, without jitter: for one agent alone, never for a fleet.
     *
     * @param wait the wait, zero or more
     * @return the backoff
     * @throws IllegalArgumentException if the wait is negative
     */
    static Backoff fixed(Duration wait) {
        return new Fixed(wait);
    }

    /**
     * See {@link #fullJitter}.
     *
     * @param base see there
     * @param cap see there
     */
    record FullJitter(Duration base, Duration cap) implements Backoff {
        /**
         * Checks the bounds.
         *
         * @param base see the factory
         * @param cap see the factory
         */
        public FullJitter {
            check(base, cap);
        }

        @Override
        public Duration delay(int retry, @Nullable Duration previous, RandomGenerator random) {
            return Duration.ofNanos(Randomness.uniform(random, 0, exponential(base, cap, retry)));
        }

        @Override
        public Range range(int retry) {
            return new Range(Duration.ZERO, Duration.ofNanos(exponential(base, cap, retry)));
        }
    }

    /**
     * See {@link #equalJitter}.
     *
     * @param base see there
     * @param cap see there
     */
    record EqualJitter(Duration base, Duration cap) implements Backoff {
        /**
         * Checks the bounds.
         *
         * @param base see the factory
         * @param cap see the factory
         */
        public EqualJitter {
            check(base, cap);
        }

        @Override
        public Duration delay(int retry, @Nullable Duration previous, RandomGenerator random) {
            long most = exponential(base, cap, retry);
            return Duration.ofNanos(Randomness.uniform(random, most / 2, most));
        }

        @Override
        public Range range(int retry) {
            long most = exponential(base, cap, retry);
            return new Range(Duration.ofNanos(most / 2), Duration.ofNanos(most));
        }
    }

    /**
     * See {@link #decorrelatedJitter}.
     *
     * @param base see there
     * @param cap see there
     */
    record DecorrelatedJitter(Duration base, Duration cap) implements Backoff {
        /**
         * Checks the bounds.
         *
         * @param base see the factory
         * @param cap see the factory
         */
        public DecorrelatedJitter {
            check(base, cap);
        }

        @Override
        public Duration delay(int retry, @Nullable Duration previous, RandomGenerator random) {
            long before = previous == null ? base.toNanos() : previous.toNanos();
            long most = before > cap.toNanos() / 3 ? cap.toNanos() : before * 3;
            return Duration.ofNanos(Randomness.uniform(random, base.toNanos(), most));
        }

        @Override
        public Range range(int retry) {
            long most = base.toNanos();
            for (int i = 0; i <= retry && most < cap.toNanos(); i++) {
                most = most > cap.toNanos() / 3 ? cap.toNanos() : most * 3;
            }
            return new Range(base, Duration.ofNanos(most));
        }
    }

    /**
     * See {@link #fixed}.
     *
     * @param pause see there
     */
    record Fixed(Duration pause) implements Backoff {
        /**
         * Checks the bounds.
         *
         * @param pause see the factory
         */
        public Fixed {
            Objects.requireNonNull(pause, "wait must not be null");
            if (pause.isNegative()) {
                throw new IllegalArgumentException("wait must not be negative, but is " + pause);
            }
        }

        @Override
        public Duration delay(int retry, @Nullable Duration previous, RandomGenerator random) {
            return pause;
        }

        @Override
        public Range range(int retry) {
            return new Range(pause, pause);
        }
    }

    private static void check(Duration base, Duration cap) {
        Objects.requireNonNull(base, "base must not be null");
        Objects.requireNonNull(cap, "cap must not be null");
        if (base.isZero() || base.isNegative()) {
            throw new IllegalArgumentException("base must be above zero, but is " + base);
        }
        if (cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("cap must be at least the base (" + base + "), but is " + cap);
        }
        if (cap.compareTo(Durations.FOREVER) > 0) {
            throw new IllegalArgumentException("cap must be at most " + Durations.FOREVER + ", but is " + cap);
        }
    }

    private static long exponential(Duration base, Duration cap, int retry) {
        long nanos = base.toNanos();
        long most = cap.toNanos();
        int doublings = Math.max(0, retry);
        return doublings >= Long.numberOfLeadingZeros(nanos) - 1 ? most : Math.min(most, nanos << doublings);
    }
}
