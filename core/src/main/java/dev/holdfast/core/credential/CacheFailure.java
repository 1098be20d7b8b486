package dev.holdfast.core.credential;

import dev.holdfast.core.outcome.CredentialException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What callers of one source get instead of a credential.
 *
 * @param name the source's name
 */
record CacheFailure(String name) {
    CompletableFuture<Credential> locked() {
        return answer("is locked by the vendor after too many failures; see the advice of the failed call", null);
    }

    CompletableFuture<Credential> closed() {
        return answer("is closed", null);
    }

    CompletableFuture<Credential> tooSoon() {
        return CompletableFuture.failedFuture(CredentialException.tooSoon(name));
    }

    CompletableFuture<Credential> failedBefore(Throwable failure) {
        return answer("could not be fetched a moment ago; not asking again yet", failure);
    }

    CredentialException wasClosed() {
        return new CredentialException(name + " was closed", null);
    }

    CredentialException nothingFetched() {
        return new CredentialException(name + ": the fetch gave no credential", null);
    }

    CredentialException givenAgain() {
        return new CredentialException(name + ": the issuer gave again what the service had refused", null);
    }

    private CompletableFuture<Credential> answer(String why, @Nullable Throwable cause) {
        return CompletableFuture.failedFuture(new CredentialException(name + " " + why, cause));
    }
}
