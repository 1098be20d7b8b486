package dev.holdfast.core.internal.call;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Operation;
import java.util.function.IntPredicate;

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

    /** Decides what a response means, if it came with a view. */
    static Classification of(AttemptResponse<?> received, CallEngine engine, RequestView request) {
        if (!(received instanceof AttemptResponse.Inspected<?> inspected)) {
            return SUCCESS;
        }
        ResponseView view = inspected.view();
        return isError(view.status())
                ? new Failure(view, engine.decide(view, request))
                : engine.inspect(view, request)
                        .<Classification>map(decision -> new Failure(view, decision))
                        .orElse(SUCCESS);
    }

    /** Returns which statuses are inspected: errors, and successes where the operation is known for errors behind them. */
    static IntPredicate inspects(Operation operation) {
        return operation.inspectSuccess() ? status -> true : Classification::isError;
    }

    /** Returns whether a status alone says that the response is an error. */
    static boolean isError(int status) {
        return status < 200 || status > 299;
    }
}
