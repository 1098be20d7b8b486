package dev.holdfast.jdk;

import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** A response whose body has been read: either what was wanted, or an exception that explains. */
final class Fetch {
    private Fetch() {}

    static <T> T value(HttpResponse<T> response) throws ServiceException {
        Outcome outcome = HoldfastHttpClient.outcomeOf(response);
        if (outcome != null && outcome.decision() != null) {
            throw new ServiceException(response.statusCode(), outcome.decision(), outcome);
        }
        return response.body();
    }

    /** Derived from the call's own future, so that cancelling it cancels the call. */
    static <T> CompletableFuture<T> value(CompletableFuture<HttpResponse<T>> sending) {
        return sending.thenCompose(response -> {
            try {
                return CompletableFuture.completedFuture(value(response));
            } catch (ServiceException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }
}
