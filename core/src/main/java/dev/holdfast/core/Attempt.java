package dev.holdfast.core;

import dev.holdfast.core.error.Decision;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt came to. Immutable; holds no secret: of a fault only the exception's class is kept.
 *
 * @param number from 1
 * @param startedAfter how long after the call's start it began
 * @param took how long it took
 * @param status the answer's status, or null where there was none
 * @param fault the simple class name of the exception, or null where there was an answer
 * @param decision what the answer or fault meant, or null for a success
 * @param pause how long the call then waited; zero where it did not
 */
public record Attempt(
        int number,
        Duration startedAfter,
        Duration took,
        @Nullable Integer status,
        @Nullable String fault,
        @Nullable Decision decision,
        Duration pause)
        implements Serializable {

    /**
     * Checks that nothing is missing.
     *
     * @param number from 1
     * @param startedAfter how long after the call's start it began
     * @param took how long it took
     * @param status the answer's status, or null where there was none
     * @param fault the simple class name of the exception, or null where there was an answer
     * @param decision what the answer or fault meant, or null for a success
     * @param pause how long the call then waited; zero where it did not
     */
    public Attempt {
        Objects.requireNonNull(startedAfter, "startedAfter must not be null");
        Objects.requireNonNull(took, "took must not be null");
        Objects.requireNonNull(pause, "pause must not be null");
    }

    /**
     * The same with the wait that followed.
     *
     * @param newPause how long the call then waited
     * @return a copy
     */
    public Attempt withPause(Duration newPause) {
        return new Attempt(number, startedAfter, took, status, fault, decision, newPause);
    }

    /**
     * Whether it brought a usable answer.
     *
     * @return true for a success
     */
    public boolean succeeded() {
        return decision == null && status != null;
    }
}
