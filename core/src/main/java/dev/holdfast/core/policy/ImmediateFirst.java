package dev.holdfast.core.policy;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** See {@link Backoff#afterImmediateFirst}. */
record ImmediateFirst(Backoff rest) implements Backoff {
    @Override
    public Duration delay(int retry, @Nullable Duration previous, RandomGenerator random) {
        // The rest knows nothing of the first wait, whose length of zero would say something about its own.
        return retry <= 0 ? Duration.ZERO : rest.delay(retry - 1, retry == 1 ? null : previous, random);
    }

    @Override
    public Range range(int retry) {
        return retry <= 0 ? new Range(Duration.ZERO, Duration.ZERO) : rest.range(retry - 1);
    }
}
