package dev.holdfast.testkit.junit;

import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Waits for what happens on another thread right after the test: a connection is given back, a timer taken back. In real time. */
final class Soon {
    private static final long LIMIT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Duration STEP = Duration.ofMillis(2);

    private Soon() {}

    /** True as soon as the condition holds, false if it does not within 10 s. */
    static boolean holds(BooleanSupplier condition) throws InterruptedException {
        TimeSource clock = TimeSource.system();
        CountDownLatch never = new CountDownLatch(1);
        long start = clock.nanoTime();
        while (!condition.getAsBoolean()) {
            if (clock.nanoTime() - start > LIMIT_NANOS) {
                return false;
            }
            clock.await(never, STEP);
        }
        return true;
    }
}
