package dev.holdfast.core.credential;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one {@link CacheState} to the next by one {@link CacheEvent}, with one fetch at a time. It stands in this package because
 * {@link Credential} and {@link Secret} do: an internal package would need them and be needed here, which is a circle.
 */
final class CredentialCache {
    /** Named after the public class, because that is the name in users' log settings. */
    private static final Logger LOG = LoggerFactory.getLogger(CachingCredentialSource.class);

    private final String name;

    /** Dropped when the source is closed, because a fetch may hold a secret of its own. Volatile, because a launch reads it without the lock. */
    private volatile CredentialFetch source;

    private final CachePolicy policy;
    private final CacheFailure failure;

    /** Guards every change of state and all that the policy counts. No fetch and no caller's code runs while it is held. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Whether the next fetch must pass all caches: the caller wanted the last credential forgotten. Used under the lock. */
    private boolean invalidated;

    /** Written under the lock only. Volatile, because {@link #current} reads it without. */
    private volatile CacheState state = new CacheState.Empty();

    CredentialCache(String name, CredentialFetch source, CachePolicy policy) {
        this.name = name;
        this.source = source;
        this.policy = policy;
        this.failure = new CacheFailure(name);
    }

    /**
     * What follows an event.
     *
     * @param state the next state
     * @param answer what the caller gets, or null where the event asks for nothing
     * @param launch the fetch to start, or null
     * @param settled what to tell the callers that wait, or null
     */
    private record Next(
            CacheState state,
            @Nullable CompletableFuture<Credential> answer,
            CacheState.@Nullable Fetch launch,
            @Nullable Runnable settled) {
        static Next stay(CacheState state) {
            return new Next(state, null, null, null);
        }

        static Next answer(CacheState state, CompletableFuture<Credential> answer) {
            return new Next(state, answer, null, null);
        }
    }

    /** Returns what is held. The answer may be old at once. */
    @Nullable
    CachedCredential held() {
        return state.held();
    }

    /** Serves a fresh credential without the lock: the one way that every attempt takes. All other states go through it. */
    CompletableFuture<Credential> current() {
        return state instanceof CacheState.Holding now && policy.isFresh(now.held())
                ? now.held().ready()
                : ask(new CacheEvent.Asked(false));
    }

    CompletableFuture<Credential> ask(CacheEvent event) {
        return Objects.requireNonNull(next(event));
    }

    void tell(CacheEvent event) {
        var unused = next(event);
    }

    private @Nullable CompletableFuture<Credential> next(CacheEvent event) {
        Next next;
        lock.lock();
        try {
            next = after(event);
            // Published within the lock, so that no other caller can begin a second fetch in between.
            state = next.state();
        } finally {
            lock.unlock();
        }
        // Both run the code of others, which may come back to this cache or take long.
        if (next.launch() != null) {
            launch(next.launch());
        }
        if (next.settled() != null) {
            next.settled().run();
        }
        return next.answer();
    }

    private Next after(CacheEvent event) {
        if (event instanceof CacheEvent.Asked asked) {
            return asked(asked.waits());
        }
        if (event instanceof CacheEvent.Refused refused) {
            return refused(refused.credential());
        }
        if (event instanceof CacheEvent.Landed landed) {
            return landed(landed.credential(), landed.failure());
        }
        if (event instanceof CacheEvent.LockedOut locked) {
            return lockedOut(locked);
        }
        return event instanceof CacheEvent.Closing ? closing() : invalidated();
    }

    private Next asked(boolean waits) {
        if (state instanceof CacheState.Closed) {
            return Next.answer(state, failure.closed());
        }
        CacheState from = state;
        if (from instanceof CacheState.Locked locked) {
            if (!policy.isOver(locked)) {
                return Next.answer(state, failure.locked());
            }
            from = locked.under();
        }
        CachedCredential now = from.held();
        if (now != null && policy.isFresh(now)) {
            return Next.answer(from, now.ready());
        }
        CacheState.Fetch fetch = from.fetch();
        CacheState.Fetch launched = null;
        Throwable failed = policy.standingFailure();
        // The cool-down holds back replacements only: a refresh of a credential that works is no replacement.
        if (fetch == null && failed == null && (now != null || !policy.isCoolingDown())) {
            launched = CacheState.Fetch.after(policy.rejections().last(), invalidated);
            fetch = launched;
            if (launched.refused() != null) {
                policy.rejections().replacing();
            }
        }
        return new Next(from.with(now, fetch), answer(now, fetch, failed, waits), launched, null);
    }

    private CompletableFuture<Credential> answer(
            @Nullable CachedCredential now,
            CacheState.@Nullable Fetch fetch,
            @Nullable Throwable failed,
            boolean waits) {
        boolean refreshAwaited = waits && fetch != null;
        // A caller who allowed an expired one does not wait for a fetch: it may hang as long as its service does.
        if (now != null && !refreshAwaited && (policy.servesExpired() || !policy.isExpired(now))) {
            return now.ready();
        }
        if (fetch != null) {
            // A copy, so that a caller who completes or cancels the future does so for itself alone.
            return fetch.landed().copy();
        }
        return failed == null ? failure.tooSoon() : failure.failedBefore(failed);
    }

    private Next refused(Credential refused) {
        CachedCredential now = state.held();
        if (now != null && !now.credential().isSameAs(refused)) {
            // Another caller has replaced it already, and a late refusal must not discard the newer one.
            return Next.answer(state, now.ready());
        }
        if (state instanceof CacheState.Closed) {
            return Next.answer(state, failure.closed());
        }
        CacheState.Fetch fetch = state.fetch();
        Throwable failed = policy.standingFailure();
        boolean tooSoon = fetch == null && policy.isCoolingDown();
        // What others use with success stays theirs until its successor has landed: the fetch may fail.
        now = policy.refused(refused, now);
        if (fetch != null) {
            return Next.answer(state.with(now, fetch), other(fetch, refused));
        }
        if (tooSoon) {
            return Next.answer(state.with(now, null), failure.tooSoon());
        }
        if (failed != null) {
            return Next.answer(state.with(now, null), failure.failedBefore(failed));
        }
        policy.rejections().replacing();
        CacheState.Fetch launched = CacheState.Fetch.after(refused, invalidated);
        return new Next(state.with(now, launched), other(launched, refused), launched, null);
    }

    /** Returns what lands, unless it is the refused one again: that is for callers that were not refused. */
    private CompletableFuture<Credential> other(CacheState.Fetch awaited, Credential refused) {
        return awaited.replaced().thenApply(landed -> {
            if (landed.isSameAs(refused)) {
                throw new CompletionException(failure.givenAgain());
            }
            return landed;
        });
    }

    private void launch(CacheState.Fetch launched) {
        CompletableFuture<Credential> fetching;
        try {
            fetching = Objects.requireNonNull(
                    launched.refused() == null && launched.pastCaches()
                            ? source.fetchPastCaches()
                            : source.fetch(launched.refused()),
                    "fetch gave no future");
        } catch (RuntimeException | Error e) {
            fetching = CompletableFuture.failedFuture(e);
        }
        var unused = fetching.whenComplete((credential, thrown) -> tell(new CacheEvent.Landed(
                credential,
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown)));
    }

    private Next landed(@Nullable Credential credential, @Nullable Throwable thrown) {
        CacheState.Fetch fetch = state.fetch();
        if (fetch == null) {
            // Closed meanwhile: a fetch ends by landing or by closing only, and closing has told those who waited.
            return Next.stay(state);
        }
        if (thrown != null || credential == null) {
            return failed(fetch, thrown != null ? thrown : failure.nothingFetched());
        }
        if (fetch.stale()) {
            return again(fetch.again(fetch.refused()));
        }
        if (policy.rejections().knows(credential)) {
            if (fetch.refused() == null) {
                // It was asked for before the refusal, so a cache on the way may have been right to give it.
                return again(fetch.again(credential));
            }
            if (!policy.rejections().forgives(credential)) {
                return failed(fetch, failure.givenAgain());
            }
        }
        if (policy.fetched()) {
            LOG.info("{}: credentials can be fetched again", name);
        }
        invalidated = false;
        return new Next(
                state.with(policy.keep(credential, state.held()), null), null, null, () -> fetch.succeed(credential));
    }

    private Next again(CacheState.Fetch fetch) {
        return new Next(state.with(state.held(), fetch), null, fetch, null);
    }

    private Next failed(CacheState.Fetch fetch, Throwable thrown) {
        if (policy.failed(thrown)) {
            LOG.warn("{}: no credential could be fetched: {}", name, FailureText.of(thrown));
        }
        CachedCredential old = state.held();
        boolean serves = old != null && (policy.servesExpired() || !policy.isExpired(old));
        return new Next(state.with(old, null), null, null, () -> fetch.fail(thrown, serves ? old : null));
    }

    private Next lockedOut(CacheEvent.LockedOut event) {
        if (state instanceof CacheState.Closed) {
            return Next.stay(state);
        }
        CacheState under = state instanceof CacheState.Locked locked ? locked.under() : state;
        return Next.stay(policy.lockedOut(under, event.credential(), event.length()));
    }

    private Next invalidated() {
        CacheState.Fetch fetch = state.fetch();
        invalidated = !(state instanceof CacheState.Closed);
        // What the fetch brings may be from before the reason that made the caller ask, so it is asked for again.
        return Next.stay(state.with(null, fetch == null ? null : fetch.outdated()));
    }

    private Next closing() {
        CacheState.Fetch waiting = state.fetch();
        policy.close();
        source = refused -> failure.closed();
        return new Next(
                new CacheState.Closed(),
                null,
                null,
                waiting == null ? null : () -> waiting.fail(failure.wasClosed(), null));
    }
}
