package dev.holdfast.cli;

import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/**
 * A machine whose clock is wrong.
 *
 * @param right the right one
 * @param ahead by how much it is ahead
 */
record ShiftedClock(TimeSource right, Duration ahead) implements TimeSource {

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
