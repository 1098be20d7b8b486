package dev.holdfast.core;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.decision.Decision;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The last source of a chain, which closes the source before it too: no caller has that one in hand.
 *
 * @param last gives the credentials
 * @param before gives what {@code last} asks with; of three sources it is a pair itself
 */
record ChainedSource(CredentialSource last, CredentialSource before) implements CredentialSource {

    static CredentialSource of(List<CredentialSource> sources) {
        return sources.stream()
                .reduce((before, last) -> new ChainedSource(last, before))
                .orElseThrow();
    }

    @Override
    public CompletableFuture<Credential> current() {
        return last.current();
    }

    @Override
    public CompletableFuture<Credential> refresh(Credential refused, Decision decision) {
        return last.refresh(refused, decision);
    }

    @Override
    public void apply(Credential credential, SigningView request) {
        last.apply(credential, request);
    }

    @Override
    public boolean correctClock(Instant serverTime) {
        return last.correctClock(serverTime);
    }

    @Override
    public void onRejected(Credential used, Decision decision) {
        last.onRejected(used, decision);
    }

    @Override
    public void onAccepted(Credential used) {
        last.onAccepted(used);
    }

    @Override
    public void close() {
        try {
            last.close();
        } finally {
            before.close();
        }
    }

    @Override
    public String toString() {
        return last.toString();
    }
}
