package dev.holdfast.core.credential;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks whoever issues credentials for one. A {@link CachingCredentialSource} makes one fetch at a time and bounds none: what it calls must
 * end by itself, as a resilient call does.
 */
@FunctionalInterface
public interface CredentialFetch {

    /**
     * Fetches.
     *
     * @param refused what the service has just refused, so that no cache on the way may give it again; null for an ordinary fetch
     * @return completes with the credential, or exceptionally. The first failure in a row is logged at WARN by its type, because its message may quote a secret;
     *     the message of a {@link dev.holdfast.core.outcome.CredentialException} is logged too
     */
    CompletableFuture<Credential> fetch(@Nullable Credential refused);

    /**
     * Fetches after {@link CachingCredentialSource#invalidate}: no cache on the way may answer it, though the service has refused nothing. An ordinary fetch
     * by default, which is right where there is no cache.
     *
     * @return completes with the credential, or exceptionally
     */
    default CompletableFuture<Credential> fetchPastCaches() {
        return fetch(null);
    }

    /**
     * A fetch that blocks, such as an SDK's provider: {@code CredentialFetch.blocking(() -> Credential.token(...))}. Each runs on a daemon
     * thread of its own, because one that hangs must hold up nobody else.
     *
     * @param fetch returns a credential or throws
     * @return the fetch
     */
    static CredentialFetch blocking(Callable<Credential> fetch) {
        return refused -> {
            CompletableFuture<Credential> future = new CompletableFuture<>();
            Thread thread = new Thread(
                    () -> {
                        try {
                            future.complete(fetch.call());
                        } catch (Throwable e) {
                            future.completeExceptionally(e);
                        }
                    },
                    "holdfast-credential");
            thread.setDaemon(true);
            thread.start();
            return future;
        };
    }

    /**
     * A fetch that gives a future: {@code CredentialFetch.future(sdk::tokenAsync)}.
     *
     * @param fetch starts a fetch; must not block
     * @return the fetch
     */
    static CredentialFetch future(Supplier<CompletableFuture<Credential>> fetch) {
        return refused -> fetch.get();
    }
}
