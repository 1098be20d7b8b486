package dev.holdfast.azure;

import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.time.TimeSource;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tokens for Resource Manager from a fetch of the caller's own, which is told the claims that a refusal demands. It caches as {@link
 * CachingCredentialSource} does. Where a {@linkplain AzureImds#managedIdentity managed identity} serves, this is not needed: IMDS takes no
 * claims, and its next token has those that its identity can have.
 */
public final class ArmTokens implements CredentialSource {
    private final CachingCredentialSource cache;

    /** Null after {@link #close}, because a fetch may hold a secret of its own. */
    private volatile @Nullable ClaimsFetch fetch;

    private volatile @Nullable Demand demand;
    private volatile @Nullable Given given;
    private volatile boolean closed;

    private record Demand(Credential refused, String claims) {}

    /** What the last fetch gave, and the claims that it was told. */
    private record Given(Credential credential, @Nullable String claims) {}

    private ArmTokens(ClaimsFetch fetch, TimeSource clock) {
        this.fetch = Objects.requireNonNull(fetch, "fetch must not be null");
        this.cache = CachingCredentialSource.builder("azure/arm-token", RequestSigner.bearer())
                .timeSource(clock)
                .fetch(new Fetches())
                .build();
    }

    /**
     * A source. It fetches nothing yet.
     *
     * @param fetch asks for a token
     * @return a new source
     */
    public static ArmTokens of(ClaimsFetch fetch) {
        return of(fetch, TimeSource.system());
    }

    /**
     * A source on a clock of its own. It fetches nothing yet.
     *
     * @param fetch asks for a token
     * @param clock the clock that ages are judged by
     * @return a new source
     */
    public static ArmTokens of(ClaimsFetch fetch, TimeSource clock) {
        return new ArmTokens(fetch, clock);
    }

    private final class Fetches implements CredentialFetch {
        @Override
        public CompletableFuture<Credential> fetch(@Nullable Credential refused) {
            Demand standing = demand;
            boolean meant =
                    refused != null && standing != null && standing.refused().isSameAs(refused);
            String claims = meant ? Objects.requireNonNull(standing).claims() : null;
            return remembered(open().fetch(refused, claims), claims);
        }

        @Override
        public CompletableFuture<Credential> fetchPastCaches() {
            return remembered(open().fetchPastCaches(), null);
        }

        /** Closing may come between a launch and its fetch: what this throws ends that fetch. */
        private ClaimsFetch open() {
            ClaimsFetch now = fetch;
            if (now == null) {
                throw new IllegalStateException("azure/arm-token is closed");
            }
            return now;
        }

        private CompletableFuture<Credential> remembered(
                @Nullable CompletableFuture<Credential> fetching, @Nullable String claims) {
            return Objects.requireNonNull(fetching, "fetch gave no future").whenComplete((credential, thrown) -> {
                if (credential != null) {
                    given = new Given(credential, claims);
                }
                forgetIfClosed();
            });
        }
    }

    @Override
    public CompletableFuture<Credential> current() {
        return cache.current();
    }

    /**
     * Fetches ahead of the first call.
     *
     * @return as {@link #current}, but a refresh that is due is waited for
     */
    public CompletableFuture<Credential> prefetch() {
        return cache.prefetch();
    }

    @Override
    public CompletableFuture<Credential> refresh(Credential refused, Decision decision) {
        String claims = ClaimsChallenge.of(decision.error());
        if (claims == null || !isLast(given, refused)) {
            // A late refusal of an older one says nothing of the current one.
            return cache.refresh(refused, decision);
        }
        demand = new Demand(refused, claims);
        forgetIfClosed();
        return cache.refresh(refused, decision).thenCompose(next -> demanded(next, claims, decision));
    }

    /** A refresh that was under way already knew of no claims, so that what it gave would be refused like the one before. */
    private CompletableFuture<Credential> demanded(Credential next, String claims, Decision decision) {
        Given last = given;
        if (!isLast(last, next)) {
            // Somebody else who waited has asked once more already.
            return cache.current();
        }
        if (Objects.requireNonNull(last).claims() != null) {
            return CompletableFuture.completedFuture(next);
        }
        demand = new Demand(next, claims);
        return cache.refresh(next, decision);
    }

    private static boolean isLast(@Nullable Given last, Credential credential) {
        return last != null && last.credential().isSameAs(credential);
    }

    @Override
    public void apply(Credential credential, SigningView request) {
        cache.apply(credential, request);
    }

    @Override
    public boolean correctClock(Instant serverTime) {
        return cache.correctClock(serverTime);
    }

    /** Forgets what is held, so that the next call waits for a new one. The next fetch is {@link ClaimsFetch#fetchPastCaches}. */
    public void invalidate() {
        cache.invalidate();
    }

    @Override
    public void close() {
        closed = true;
        cache.close();
        forgetIfClosed();
    }

    /** After each write and after the mark, so that a fetch that lands while the source is closed leaves nothing. */
    private void forgetIfClosed() {
        if (closed) {
            fetch = null;
            demand = null;
            given = null;
        }
    }

    @Override
    public String toString() {
        return "ArmTokens[" + cache + "]";
    }
}
