package dev.holdfast.testkit.junit;

import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Waits in real time for what happens on another thread right after the test: a connection is given back, a timer is cancelled. */
final class Soon {
    static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String SETTING = "holdfast.leak-limit";
    private static final Duration STEP = Duration.ofMillis(2);

    private Soon() {}

    /** Returns the configured limit, or 10 s. */
    static Duration limit(ExtensionContext context) {
        return context.getConfigurationParameter(SETTING, Duration::parse).orElse(LIMIT);
    }

    /** Returns true as soon as the condition holds, false if it does not within the limit. */
    static boolean holds(BooleanSupplier condition, Duration limit) throws InterruptedException {
        TimeSource clock = TimeSource.system();
        CountDownLatch never = new CountDownLatch(1);
        long start = clock.nanoTime();
        while (!condition.getAsBoolean()) {
            if (clock.nanoTime() - start > limit.toNanos()) {
                return false;
            }
            clock.await(never, STEP);
        }
        return true;
    }
}
