package dev.holdfast.core.credential;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One credential until it is closed. */
final class FixedCredentialSource implements CredentialSource {
    /** Null after {@link #close}. */
    private volatile @Nullable Credential credential;

    private final RequestSigner signer;
    private volatile Duration skew = Duration.ZERO;

    FixedCredentialSource(Credential credential, RequestSigner signer) {
        this.credential = Objects.requireNonNull(credential, "credential must not be null");
        this.signer = Objects.requireNonNull(signer, "signer must not be null");
    }

    @Override
    public CompletableFuture<Credential> current() {
        Credential held = credential;
        return held == null
                ? CompletableFuture.failedFuture(
                        new CredentialException("the source of one credential is closed", null))
                : CompletableFuture.completedFuture(held);
    }

    @Override
    public CompletableFuture<Credential> refresh(Credential refused, Decision decision) {
        return CompletableFuture.failedFuture(new CredentialException(
                "the service refused the one credential of this source, which cannot be renewed", null));
    }

    @Override
    public void apply(Credential used, SigningView request) {
        signer.sign(request, used, TimeSource.system().now().plus(skew));
    }

    @Override
    public boolean correctClock(Instant serverTime) {
        if (signer.isDated()) {
            skew = Duration.between(TimeSource.system().now(), serverTime);
        }
        return signer.isDated();
    }

    @Override
    public void close() {
        credential = null;
    }
}
