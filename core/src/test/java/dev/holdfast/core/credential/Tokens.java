package dev.holdfast.core.credential;

import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An issuer in the test's hands: it gives token-1, token-2, … at once, or when told. */
final class Tokens implements CredentialFetch {
    static final String HEADER = "X-Token";

    private final Duration lifetime;
    private final Deque<CompletableFuture<Credential>> asked = new ArrayDeque<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean holding;
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable Credential lastRefused;

    Tokens(Duration lifetime) {
        this.lifetime = lifetime;
    }

    static Credential token(int number, Duration lifetime) {
        return Credential.token(Secret.token("token-" + number), lifetime);
    }

    CachingCredentialSource.Builder source(TimeSource clock) {
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

    int fetches() {
        return count.get();
    }

    @Nullable
    Credential lastRefused() {
        return lastRefused;
    }

    void failWith(@Nullable RuntimeException thrown) {
        failure = thrown;
    }

    void hold() {
        holding = true;
    }

    /** Answers the oldest fetch that waits. */
    synchronized void answer() {
        asked.remove().complete(token(count.get(), lifetime));
    }

    synchronized void answer(Credential credential) {
        asked.remove().complete(credential);
    }

    synchronized void fail(RuntimeException thrown) {
        asked.remove().completeExceptionally(thrown);
    }
}
