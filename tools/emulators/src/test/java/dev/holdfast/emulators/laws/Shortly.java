package dev.holdfast.emulators.laws;

import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Waits for what another thread, or the kernel, is about to do. */
public final class Shortly {
    private static final Duration STEP = Duration.ofMillis(2);

    private Shortly() {}

    /** Returns as soon as the condition holds. How long that takes depends on the machine, so the test's own limit alone ends the wait. */
    public static void until(BooleanSupplier condition) throws InterruptedException {
        TimeSource clock = TimeSource.system();
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            clock.await(never, STEP);
        }
    }
}
