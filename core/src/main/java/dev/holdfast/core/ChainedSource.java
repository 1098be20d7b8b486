package dev.holdfast.core;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.decision.Decision;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The last source of a chain, which closes the sources before it too: no caller has those in hand.
 *
 * @param last gives the credentials
 * @param before gave what {@code last} asks with
 */
record ChainedSource(CredentialSource last, List<CredentialSource> before) implements CredentialSource {

    static CredentialSource of(List<CredentialSource> sources) {
        int end = sources.size() - 1;
        return end == 0 ? sources.get(0) : new ChainedSource(sources.get(end), List.copyOf(sources.subList(0, end)));
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
        last.close();
        before.forEach(CredentialSource::close);
    }

    @Override
    public String toString() {
        return last.toString();
    }
}
