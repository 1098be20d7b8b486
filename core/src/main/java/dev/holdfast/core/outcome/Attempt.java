package dev.holdfast.core.outcome;

import dev.holdfast.core.decision.Decision;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt came to. Immutable; holds no secret: of a fault only the exception's class is kept.
 */
public final class Attempt implements Serializable {
    private static final long serialVersionUID = 1;

    /** Returned by {@link #number()}. */
    private final int number;
    /** Returned by {@link #startedAfter()}. */
    private final Duration startedAfter;
    /** Returned by {@link #took()}. */
    private final Duration took;
    /** Returned by {@link #status()}. */
    private final @Nullable Integer status;
    /** Returned by {@link #fault()}. */
    private final @Nullable String fault;
    /** Returned by {@link #decision()}. */
    private final @Nullable Decision decision;
    /** Returned by {@link #pause()}. */
    private final Duration pause;
    /** Returned by {@link #freshConnection()}. */
    private final boolean freshConnection;

    private Attempt(
            int number,
            Duration startedAfter,
            Duration took,
            @Nullable Integer status,
            @Nullable String fault,
            @Nullable Decision decision,
            Duration pause,
            boolean freshConnection) {
        this.number = number;
        this.startedAfter = Objects.requireNonNull(startedAfter, "startedAfter must not be null");
        this.took = Objects.requireNonNull(took, "took must not be null");
        this.status = status;
        this.fault = fault;
        this.decision = decision;
        this.pause = Objects.requireNonNull(pause, "pause must not be null");
        this.freshConnection = freshConnection;
    }

    /**
     * An attempt that brought an answer: a success until a decision says what else it meant.
     *
     * @param number from 1
     * @param startedAfter how long after the call's start it began
     * @param took how long it took
     * @param status the answer's status
     * @return the attempt, without a decision and without a wait after it
     */
    public static Attempt answered(int number, Duration startedAfter, Duration took, int status) {
        return new Attempt(number, startedAfter, took, status, null, null, Duration.ZERO, false);
    }

    /**
     * An attempt that brought no answer.
     *
     * @param number from 1
     * @param startedAfter how long after the call's start it began
     * @param took how long it took
     * @param fault the simple class name of the exception, or null where there was none
     * @return the attempt, without a decision and without a wait after it
     */
    public static Attempt unanswered(int number, Duration startedAfter, Duration took, @Nullable String fault) {
        return new Attempt(number, startedAfter, took, null, fault, null, Duration.ZERO, false);
    }

    /**
     * Which attempt of its call it is.
     *
     * @return the number, from 1
     */
    public int number() {
        return number;
    }

    /**
     * How long after the call's start it began.
     *
     * @return the time
     */
    public Duration startedAfter() {
        return startedAfter;
    }

    /**
     * How long it took.
     *
     * @return the time
     */
    public Duration took() {
        return took;
    }

    /**
     * The answer's status.
     *
     * @return the status, or null where there was no answer
     */
    public @Nullable Integer status() {
        return status;
    }

    /**
     * What was thrown.
     *
     * @return the simple class name of the exception, or null where there was an answer
     */
    public @Nullable String fault() {
        return fault;
    }

    /**
     * What the answer or fault meant.
     *
     * @return the decision, or null for a success
     */
    public @Nullable Decision decision() {
        return decision;
    }

    /**
     * How long the call then waited.
     *
     * @return the wait; zero where it did not
     */
    public Duration pause() {
        return pause;
    }

    /**
     * Whether it was made at once and on a connection of its own, because the attempt before it had met a pooled connection that was dead. It
     * costs no budget and does not count for {@code maxAttempts}; a call has one of them at most.
     *
     * @return true if it was
     */
    public boolean freshConnection() {
        return freshConnection;
    }

    /**
     * The same, made on a fresh connection because one of the pool was dead.
     *
     * @return a copy
     */
    public Attempt onFreshConnection() {
        return new Attempt(number, startedAfter, took, status, fault, decision, pause, true);
    }

    /**
     * The same at another time.
     *
     * @param newStart how long after the call's start it began
     * @return a copy
     */
    public Attempt withStartedAfter(Duration newStart) {
        return new Attempt(number, newStart, took, status, fault, decision, pause, freshConnection);
    }

    /**
     * The same with what it meant.
     *
     * @param newDecision the decision, or null for a success
     * @return a copy
     */
    public Attempt withDecision(@Nullable Decision newDecision) {
        return new Attempt(number, startedAfter, took, status, fault, newDecision, pause, freshConnection);
    }

    /**
     * The same with the wait that followed.
     *
     * @param newPause how long the call then waited
     * @return a copy
     */
    public Attempt withPause(Duration newPause) {
        return new Attempt(number, startedAfter, took, status, fault, decision, newPause, freshConnection);
    }

    /**
     * Whether it brought a usable answer.
     *
     * @return true for a success
     */
    public boolean succeeded() {
        return decision == null && status != null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attempt that
                && number == that.number
                && startedAfter.equals(that.startedAfter)
                && took.equals(that.took)
                && Objects.equals(status, that.status)
                && Objects.equals(fault, that.fault)
                && Objects.equals(decision, that.decision)
                && pause.equals(that.pause)
                && freshConnection == that.freshConnection;
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, startedAfter, took, status, fault, decision, pause, freshConnection);
    }

    @Override
    public String toString() {
        return "Attempt[number=" + number + ", startedAfter=" + startedAfter + ", took=" + took + ", status=" + status
                + ", fault=" + fault + ", decision=" + decision + ", pause=" + pause
                + (freshConnection ? ", fresh connection]" : "]");
    }
}
