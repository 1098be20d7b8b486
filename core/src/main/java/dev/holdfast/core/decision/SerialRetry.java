package dev.holdfast.core.decision;

import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The serial form of a {@link Verdict.Retry}.
 *
 * @param pace its pace
 * @param after its retry-after, or null
 */
@SuppressWarnings("InvalidBlockTag") // as in Verdict
record SerialRetry(Pace pace, @Nullable Duration after) implements Serializable {

    @Serial
    private Object readResolve() {
        return Verdict.retry(pace, after);
    }
}
