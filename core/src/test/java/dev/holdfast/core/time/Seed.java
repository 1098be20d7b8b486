package dev.holdfast.core.time;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The seed of a random test: another one in each run, printed, and set by {@code -Dholdfast.seed} to repeat a run. */
public record Seed(long value) {

    public static Seed of(Class<?> test) {
        long seed = Long.getLong("holdfast.seed", new SplittableRandom().nextLong());
        System.out.println(test.getSimpleName() + ": repeat with -Dholdfast.seed=" + seed);
        return new Seed(seed);
    }

    public RandomGenerator generator() {
        return new SplittableRandom(value);
    }
}
