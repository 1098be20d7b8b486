package dev.holdfast.core.internal.call;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import org.jspecify.annotations.Nullable;

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

    Transport.Inspection ALL = (status, contentType) -> true;
    Transport.Inspection ERRORS = (status, contentType) -> isError(status);
    Transport.Inspection ERRORS_AND_PAGES = (status, contentType) -> isError(status) || isPage(contentType);

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

    /**
     * Returns which responses are inspected: errors, and successes where the operation is known for errors behind them. A page in the place of a link-local
     * service's document is one too: a login page or a firewall's comes with 200.
     */
    static Transport.Inspection inspects(Service service, Operation operation) {
        if (operation.inspectSuccess()) {
            return ALL;
        }
        return service.linkLocal() ? ERRORS_AND_PAGES : ERRORS;
    }

    private static boolean isPage(@Nullable String contentType) {
        return contentType != null
                && (contentType.regionMatches(true, 0, "text/html", 0, 9)
                        || contentType.regionMatches(true, 0, "application/xhtml", 0, 17));
    }

    /** Returns whether a status alone says that the response is an error. */
    static boolean isError(int status) {
        return status < 200 || status > 299;
    }
}
