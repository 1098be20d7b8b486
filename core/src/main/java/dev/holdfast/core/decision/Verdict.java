package dev.holdfast.core.decision;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do about an error. What belongs to one verdict only stands in that verdict. Immutable. */
public sealed interface Verdict extends Serializable {

    /**
     * Come back later: the same request may succeed.
     *
     * @param pace how fast to come back
     * @param after the server's own word on when to come back, zero or more; empty where it said nothing usable. It is not capped: a policy that finds
     *     it too long ends the call
     * @serial exclude
     */
    // Error Prone does not know that javadoc reads the tag on a class: without the tag, the components need comments
    // that they cannot have.
    @SuppressWarnings("InvalidBlockTag")
    record Retry(Pace pace, Optional<Duration> after) implements Verdict {

        /**
         * Checks the components.
         *
         * @param pace how fast to come back
         * @param after the server's own word on when to come back, or empty
         * @throws IllegalArgumentException if {@code after} is negative
         */
        public Retry {
            Objects.requireNonNull(pace, "pace must not be null");
            if (after.isPresent() && after.get().isNegative()) {
                throw new IllegalArgumentException("after must not be negative, but is " + after.get());
            }
        }

        /** An {@link Optional} cannot be serialised. */
        private Object writeReplace() {
            return new SerialRetry(pace, after.orElse(null));
        }
    }

    /** Give up: the same request cannot succeed. */
    record Fail() implements Verdict {}

    /**
     * Renew something, then come back, once.
     *
     * @param renewal what must be renewed
     * @serial exclude
     */
    @SuppressWarnings("InvalidBlockTag") // as above
    record Reauthenticate(Renewal renewal) implements Verdict {

        /**
         * Checks the component.
         *
         * @param renewal what must be renewed
         */
        public Reauthenticate {
            Objects.requireNonNull(renewal, "renewal must not be null");
        }
    }

    /** What a reauthentication renews. */
    enum Renewal {
        /** Whatever the credential source supplied. */
        CREDENTIAL,
        /** The skew between the clocks, and with it the signature. */
        CLOCK,
        /** The request itself, rebuilt by the caller's hook. */
        REQUEST
    }

    /**
     * A retry of which the server did not say when.
     *
     * @param pace how fast to come back
     * @return the verdict
     */
    static Retry retry(Pace pace) {
        return new Retry(pace, Optional.empty());
    }

    /**
     * A retry.
     *
     * @param pace how fast to come back
     * @param after the server's own word on when to come back, or null
     * @return the verdict
     * @throws IllegalArgumentException if {@code after} is negative
     */
    static Retry retry(Pace pace, @Nullable Duration after) {
        return new Retry(pace, Optional.ofNullable(after));
    }

    /**
     * A failure.
     *
     * @return the verdict
     */
    static Fail fail() {
        return new Fail();
    }

    /**
     * A reauthentication.
     *
     * @param renewal what must be renewed
     * @return the verdict
     */
    static Reauthenticate reauthenticate(Renewal renewal) {
        return new Reauthenticate(renewal);
    }

    /**
     * Returns whether two verdicts ask for the same action: all retries do, whatever their pace and retry-after.
     *
     * @param other another verdict
     * @return true for two retries, two failures, or two reauthentications that renew the same
     */
    default boolean asksTheSameAs(Verdict other) {
        return this instanceof Retry ? other instanceof Retry : equals(other);
    }

    /**
     * The name in data, logs and JSON.
     *
     * @return {@code retry}, {@code fail} or {@code reauthenticate}
     */
    default String id() {
        return this instanceof Retry ? "retry" : this instanceof Fail ? "fail" : "reauthenticate";
    }
}
