package dev.holdfast.emulators.laws;

import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Waits for what another thread, or the kernel, is about to do. */
public final class Shortly {
    private static final Duration STEP = Duration.ofMillis(2);

    private Shortly() {}

    /** True as soon as the condition holds, false if it does not within the time. */
    public static boolean holds(Duration within, BooleanSupplier condition) throws InterruptedException {
        TimeSource clock = TimeSource.system();
        CountDownLatch never = new CountDownLatch(1);
        long start = clock.nanoTime();
        while (!condition.getAsBoolean()) {
            if (clock.nanoTime() - start > within.toNanos()) {
                return false;
            }
            clock.await(never, STEP);
        }
        return true;
    }
}
