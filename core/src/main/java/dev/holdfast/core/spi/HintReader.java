package dev.holdfast.core.spi;

import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the server's own word on when to come back. Anything unusable is no retry-after, never an exception. Safe for several threads. */
@FunctionalInterface
public interface HintReader {

    /**
     * Reads a retry-after.
     *
     * @param answer the answer
     * @param error what its body says
     * @param now the local time, for dates in answers that do not tell their own
     * @return how long to wait, zero or more, or null where the server says nothing usable
     */
    @Nullable
    Duration read(ResponseView answer, ServiceError error, Instant now);

    /**
     * Asks another reader where this one finds nothing.
     *
     * @param next the other
     * @return a reader that asks both
     */
    default HintReader or(HintReader next) {
        return (answer, error, now) -> {
            Duration retryAfter = read(answer, error, now);
            return retryAfter != null ? retryAfter : next.read(answer, error, now);
        };
    }
}
