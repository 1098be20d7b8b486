package dev.holdfast.testkit;

import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/**
 * The clock of a machine whose time is wrong: as fast as the right clock, and set to another time.
 *
 * @param right the right clock
 * @param ahead by how much the clock is ahead; negative if it is behind
 */
public record SkewedClock(TimeSource right, Duration ahead) implements TimeSource {

    @Override
    public Instant now() {
        return right.now().plus(ahead);
    }

    @Override
    public long nanoTime() {
        return right.nanoTime();
    }

    @Override
    public boolean await(CountDownLatch woken, Duration atMost) throws InterruptedException {
        return right.await(woken, atMost);
    }
}
