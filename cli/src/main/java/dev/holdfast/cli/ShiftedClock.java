package dev.holdfast.cli;

import dev.holdfast.core.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/**
 * A machine whose clock is wrong.
 *
 * @param right the right one
 * @param ahead by how much it is ahead
 */
record ShiftedClock(Clock right, Duration ahead) implements Clock {

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
