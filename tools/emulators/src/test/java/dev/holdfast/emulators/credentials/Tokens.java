package dev.holdfast.emulators.credentials;

import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An issuer in the test's hands: it gives token-1, token-2, … at once, or when told. */
public final class Tokens implements CredentialFetch {
    public static final String HEADER = "X-Token";

    private final Duration lifetime;
    private final Deque<CompletableFuture<Credential>> asked = new ArrayDeque<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean holding;
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable Credential lastRefused;

    public Tokens(Duration lifetime) {
        this.lifetime = lifetime;
    }

    public static Credential token(int number, Duration lifetime) {
        return Credential.token(Secret.token("token-" + number), lifetime);
    }

    public CachingCredentialSource.Builder source(TimeSource clock) {
        return CachingCredentialSource.builder("test/token", RequestSigner.header(HEADER))
                .fetch(this)
                .timeSource(clock)
                .random(Randomness.seeded(7));
    }

    @Override
    public synchronized CompletableFuture<Credential> fetch(@Nullable Credential refused) {
        int number = count.incrementAndGet();
        lastRefused = refused;
        RuntimeException thrown = failure;
        if (thrown != null) {
            return CompletableFuture.failedFuture(thrown);
        }
        if (holding) {
            CompletableFuture<Credential> later = new CompletableFuture<>();
            asked.add(later);
            return later;
        }
        return CompletableFuture.completedFuture(token(number, lifetime));
    }

    public int fetches() {
        return count.get();
    }

    public @Nullable Credential lastRefused() {
        return lastRefused;
    }

    public void failWith(@Nullable RuntimeException thrown) {
        failure = thrown;
    }

    public void hold() {
        holding = true;
    }

    /** The next fetches are answered at once again. */
    public void release() {
        holding = false;
    }

    /** Answers the oldest fetch that waits. */
    public synchronized void answer() {
        asked.remove().complete(token(count.get(), lifetime));
    }

    public synchronized void answer(Credential credential) {
        asked.remove().complete(credential);
    }

    public synchronized void fail(RuntimeException thrown) {
        asked.remove().completeExceptionally(thrown);
    }
}
