package dev.holdfast.core.internal.time;

import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** Where jitter comes from. */
public final class Randomness {
    private static final RandomGenerator THREAD_LOCAL =
            () -> ThreadLocalRandom.current().nextLong();

    private Randomness() {}

    /**
     * Unseeded and without contention between threads.
     *
     * @return the one shared instance
     */
    public static RandomGenerator threadLocal() {
        return THREAD_LOCAL;
    }

    /**
     * Repeatable: the same seed gives the same numbers, in the order in which they are asked for. Safe for several threads.
     *
     * @param seed any number
     * @return a new generator
     */
    public static RandomGenerator seeded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ReentrantLock lock = new ReentrantLock();
        return () -> {
            lock.lock();
            try {
                return random.nextLong();
            } finally {
                lock.unlock();
            }
        };
    }

    /**
     * A duration drawn evenly from a range.
     *
     * @param random the source
     * @param lowNanos the least, in nanoseconds
     * @param highNanos the most (included), in nanoseconds; where it is below the least, the least is returned
     * @return nanoseconds within the range
     */
    public static long uniform(RandomGenerator random, long lowNanos, long highNanos) {
        return highNanos <= lowNanos ? lowNanos : random.nextLong(lowNanos, Math.max(highNanos, highNanos + 1));
    }
}
