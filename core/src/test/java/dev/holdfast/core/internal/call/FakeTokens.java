package dev.holdfast.core.internal.call;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.decision.Decision;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source that does what the test says: the tokens are numbered, a replacement may be held. */
final class FakeTokens implements CredentialSource {
    static final String HEADER = "X-Token";

    private final RequestSigner signer = RequestSigner.header(HEADER);
    private final List<Credential> refused = new CopyOnWriteArrayList<>();
    private final AtomicInteger asks = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile CompletableFuture<Credential> current = CompletableFuture.completedFuture(token(1));
    private volatile @Nullable CompletableFuture<Credential> replacement;

    static Credential token(int number) {
        return Credential.token(Secret.token("token-" + number), null);
    }

    /** What is current from now on. */
    void current(CompletableFuture<Credential> next) {
        current = next;
    }

    /** Replacements come when the test completes the future. */
    CompletableFuture<Credential> holdReplacement() {
        CompletableFuture<Credential> later = new CompletableFuture<>();
        replacement = later;
        return later;
    }

    /** Waits until a call asked for a replacement. */
    void awaitAsked() throws InterruptedException {
        asked.await();
    }

    List<Credential> refused() {
        return refused;
    }

    /** Returns how often the current credential was asked for. */
    int asks() {
        return asks.get();
    }

    @Override
    public CompletableFuture<Credential> current() {
        asks.incrementAndGet();
        return current;
    }

    @Override
    public CompletableFuture<Credential> refresh(Credential old, Decision decision) {
        refused.add(old);
        asked.countDown();
        CompletableFuture<Credential> held = replacement;
        CompletableFuture<Credential> next =
                held == null ? CompletableFuture.completedFuture(token(1 + refused.size())) : held;
        current = next;
        return next;
    }

    @Override
    public void apply(Credential credential, SigningView request) {
        signer.sign(request, credential, Instant.EPOCH);
    }

    @Override
    public void close() {}
}
