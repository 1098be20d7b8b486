package dev.holdfast.azure;

import dev.holdfast.core.credential.Credential;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks whoever issues tokens, such as a library of Entra, for one; it must end by itself. */
@FunctionalInterface
public interface ClaimsFetch {

    /**
     * Fetches.
     *
     * @param refused what the service has just refused, so that no cache on the way may give it again; null for an ordinary fetch
     * @param claims what the service demands of the next token, as the JSON that Entra takes as {@code claims}; null where it demands nothing
     * @return completes with the credential, or exceptionally
     */
    CompletableFuture<Credential> fetch(@Nullable Credential refused, @Nullable String claims);

    /**
     * Fetches after {@link ArmTokens#invalidate}: no cache on the way may answer it, though the service has refused nothing. A library of Entra has such a
     * cache of its own. An ordinary fetch by default.
     *
     * @return completes with the credential, or exceptionally
     */
    default CompletableFuture<Credential> fetchPastCaches() {
        return fetch(null, null);
    }
}
