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
     * @param landed completes for all callers that wait, after a second request too
     * @param refused the credential that the service refused before, or null
     * @param stale whether the result may be older than the reason to forget the last credential
     */
    record Fetch(
            CompletableFuture<Credential> landed, @Nullable Credential refused, boolean stale) {
        static Fetch after(@Nullable Credential refused) {
            return new Fetch(new CompletableFuture<>(), refused, false);
        }

        /** Returns the same fetch with another reason, for the same waiting callers. */
        Fetch again(@Nullable Credential reason, boolean outdated) {
            return new Fetch(landed, reason, outdated);
        }
    }
}
