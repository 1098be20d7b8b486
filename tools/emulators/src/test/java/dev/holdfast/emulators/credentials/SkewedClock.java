package dev.holdfast.emulators.credentials;

import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** Another machine's clock: as fast as the first one's, and set wrong. */
record SkewedClock(TimeSource clock, Duration ahead) implements TimeSource {
    @Override
    public Instant now() {
        return clock.now().plus(ahead);
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public boolean await(CountDownLatch woken, Duration atMost) throws InterruptedException {
        return clock.await(woken, atMost);
    }
}
