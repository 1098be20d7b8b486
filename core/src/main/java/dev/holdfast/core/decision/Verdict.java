package dev.holdfast.core.decision;

import java.io.Serializable;

/** What to do about an error. */
public sealed interface Verdict extends Serializable {

    /** Come back later: the same request may succeed. */
    record Retry() implements Verdict {}

    /** Give up: the same request cannot succeed. */
    record Fail() implements Verdict {}

    /**
     * Renew something, then come back, once.
     *
     * @param what what must be renewed
     * @serial exclude
     */
    // Error Prone does not know that javadoc reads the tag on a class: without the tag, the components need comments
    // that they cannot have.
    @SuppressWarnings("InvalidBlockTag")
    record Reauthenticate(Renewal what) implements Verdict {}

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
     * A retry.
     *
     * @return the verdict
     */
    static Retry retry() {
        return new Retry();
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
     * @param what what must be renewed
     * @return the verdict
     */
    static Reauthenticate reauthenticate(Renewal what) {
        return new Reauthenticate(what);
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
