package dev.holdfast.core.internal.call;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.ResponseView;

/** What a response means to its call. */
sealed interface Classification {
    /** The caller gets the response, and nothing is decided. */
    Classification SUCCESS = new Success();

    /** A response without an error in it. */
    record Success() implements Classification {}

    /**
     * An error, behind whatever status.
     *
     * @param view the response that was read
     * @param decision what it means
     */
    record Failure(ResponseView view, Decision decision) implements Classification {}
}
