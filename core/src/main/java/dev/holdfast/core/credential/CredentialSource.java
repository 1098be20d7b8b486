package dev.holdfast.core.credential;

import dev.holdfast.core.decision.Decision;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Gives the current credential, applies it to a request and replaces a refused one. Safe for several threads; no method blocks. Most are a
 * {@link CachingCredentialSource}, made by a vendor's module.
 */
public interface CredentialSource extends AutoCloseable {

    /**
     * The credential for the next attempt. Called once or twice an attempt, on threads that others wait for.
     *
     * @return complete where one is at hand; otherwise completes when it has been fetched, or exceptionally with why not. Never null in it
     */
    CompletableFuture<Credential> current();

    /**
     * Asks for another one after the service refused this one.
     *
     * @param refused what was applied to the refused attempt
     * @param decision what the refusal means
     * @return the credential that takes its place: at once where it was replaced already, otherwise when it has been fetched; exceptionally
     *     where none is to be had
     */
    CompletableFuture<Credential> refresh(Credential refused, Decision decision);

    /**
     * Applies a credential to an attempt.
     *
     * @param credential from {@link #current}
     * @param request the attempt's request
     */
    void apply(Credential credential, SigningView request);

    /**
     * Told the service's own time after it refused this machine's.
     *
     * @param serverTime from the answer
     * @return true if the next attempt will be signed by it; false if there is nothing to mend
     */
    default boolean correctClock(Instant serverTime) {
        return false;
    }

    /**
     * Told what an attempt with a credential came to where that was no success, before any {@link #refresh}.
     *
     * @param used what was applied
     * @param decision what the answer means
     */
    default void onRejected(Credential used, Decision decision) {}

    /**
     * Told that the service took what an attempt carried. Called for each success: it must be quick.
     *
     * @param used what was applied
     */
    default void onAccepted(Credential used) {}

    /** Forgets what it holds and fetches no more. Harmless if repeated. */
    @Override
    void close();

    /**
     * One credential that cannot be renewed.
     *
     * @param credential the credential
     * @param signer applies it
     * @return a source
     */
    static CredentialSource fixed(Credential credential, RequestSigner signer) {
        return new FixedCredentialSource(credential, signer);
    }
}
