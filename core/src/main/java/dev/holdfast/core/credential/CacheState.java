package dev.holdfast.core.credential;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a {@link CredentialCache} holds at one moment. Immutable: readers without the lock see one whole state or another. */
sealed interface CacheState {

    /** Returns the credential that is held, or null. */
    default @Nullable CachedCredential held() {
        return null;
    }

    /** Returns the fetch that is under way, or null. */
    default @Nullable Fetch fetch() {
        return null;
    }

    /** Returns the state with another credential and fetch. A lock of the vendor stands until a caller asks again. */
    default CacheState with(@Nullable CachedCredential held, @Nullable Fetch fetch) {
        if (fetch != null) {
            return held == null ? new Fetching(fetch) : new Refreshing(held, fetch);
        }
        return held == null ? new Empty() : new Holding(held);
    }

    /** Nothing is held, and no fetch is under way. */
    record Empty() implements CacheState {}

    /** A credential is held, fresh or due for a refresh. */
    record Holding(CachedCredential held) implements CacheState {}

    /** A credential is held, and a fetch for its successor is under way. */
    record Refreshing(CachedCredential held, Fetch fetch) implements CacheState {}

    /** Nothing is held, and a fetch is under way. */
    record Fetching(Fetch fetch) implements CacheState {}

    /** The vendor has locked a credential for a while. */
    record Locked(CacheState under, Credential credential, Timestamp since, Duration length) implements CacheState {
        @Override
        public @Nullable CachedCredential held() {
            return under.held();
        }

        @Override
        public @Nullable Fetch fetch() {
            return under.fetch();
        }

        @Override
        public CacheState with(@Nullable CachedCredential held, @Nullable Fetch fetch) {
            return new Locked(under.with(held, fetch), credential, since, length);
        }
    }

    /** The source is closed. No other state follows. */
    record Closed() implements CacheState {
        @Override
        public CacheState with(@Nullable CachedCredential held, @Nullable Fetch fetch) {
            return this;
        }
    }

    /**
     * The one fetch that is under way.
     *
     * @param landed completes for all callers that wait, after a second request too; with the old credential if the fetch fails and that one serves on
     * @param replaced the same for callers whose credential was refused: the old one is no answer for them
     * @param refused the credential that the service refused before, or null
     * @param pastCaches whether no cache may answer it, because the last credential was to be forgotten
     * @param stale whether the result may be older than the reason to forget the last credential
     */
    record Fetch(
            CompletableFuture<Credential> landed,
            CompletableFuture<Credential> replaced,
            @Nullable Credential refused,
            boolean pastCaches,
            boolean stale) {
        static Fetch after(@Nullable Credential refused, boolean pastCaches) {
            return new Fetch(new CompletableFuture<>(), new CompletableFuture<>(), refused, pastCaches, false);
        }

        /** Returns the same fetch with another reason, for the same waiting callers. */
        Fetch again(@Nullable Credential reason) {
            return new Fetch(landed, replaced, reason, pastCaches, false);
        }

        /** Returns the same fetch as one whose result is not to be used: it is made again, past caches. */
        Fetch outdated() {
            return new Fetch(landed, replaced, refused, true, true);
        }

        void succeed(Credential credential) {
            landed.complete(credential);
            replaced.complete(credential);
        }

        /** Ends the wait with a failure, or for those who were not refused with the credential that serves on. */
        void fail(Throwable failure, @Nullable CachedCredential servesOn) {
            if (servesOn == null) {
                landed.completeExceptionally(failure);
            } else {
                landed.complete(servesOn.credential());
            }
            replaced.completeExceptionally(failure);
        }
    }
}
