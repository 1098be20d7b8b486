package dev.holdfast.core.credential;

import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A credential, its times and what the service made of it.
 *
 * @param credential the credential
 * @param ready the same, for who asks
 * @param since when it was received
 * @param refreshAfter the age at which it is refreshed, or null for never
 * @param expiredAfter the age at which it is given out no more, or null for never
 * @param accepted whether the service has taken it, or its predecessor, since the last refusal
 * @param doubted since when the service has refused it without taking it, or null
 */
record CachedCredential(
        Credential credential,
        CompletableFuture<Credential> ready,
        Timestamp since,
        @Nullable Duration refreshAfter,
        @Nullable Duration expiredAfter,
        AtomicBoolean accepted,
        @Nullable Timestamp doubted) {
    static CachedCredential of(Credential credential, TimeSource clock, RandomGenerator random) {
        Timestamp now = Timestamp.now(clock);
        CompletableFuture<Credential> ready = CompletableFuture.completedFuture(credential);
        if (credential.lifetime() == null) {
            return new CachedCredential(credential, ready, now, null, null, new AtomicBoolean(), null);
        }
        Duration life =
                Durations.min(Durations.max(credential.lifetime(), CachePolicy.SHORTEST_LIFE), Durations.FOREVER);
        double part = CachePolicy.EARLIEST_REFRESH
                + (CachePolicy.LATEST_REFRESH - CachePolicy.EARLIEST_REFRESH) * random.nextDouble();
        Duration refresh = Duration.ofNanos((long) (life.toNanos() * part));
        return new CachedCredential(
                credential,
                ready,
                now,
                refresh,
                life.minus(Durations.min(CachePolicy.EXPIRY_MARGIN, life.dividedBy(CachePolicy.EXPIRY_MARGIN_PART))),
                new AtomicBoolean(),
                null);
    }

    /** Returns the same with the trust of the one that it replaces: one refusal of a new one proves no more than one of the old one. */
    CachedCredential after(CachedCredential predecessor) {
        return with(new AtomicBoolean(predecessor.accepted.get()), predecessor.doubted);
    }

    /** Returns the same after a refusal. Only a success ends the doubt, so refusals in a row do not prolong it. */
    CachedCredential refused(TimeSource clock) {
        return with(accepted, accepted.getAndSet(false) ? Timestamp.now(clock) : doubted);
    }

    private CachedCredential with(AtomicBoolean taken, @Nullable Timestamp doubt) {
        return new CachedCredential(credential, ready, since, refreshAfter, expiredAfter, taken, doubt);
    }

    /** Returns whether others use it with success, as far as the source can know: the last success is not long before the refusals. */
    boolean isTrusted(TimeSource clock) {
        return accepted.get() || (doubted != null && doubted.age(clock).compareTo(CachePolicy.LONGEST_DOUBT) < 0);
    }

    boolean isFresh(TimeSource clock) {
        return refreshAfter == null || since.age(clock).compareTo(refreshAfter) < 0;
    }

    boolean isExpired(TimeSource clock) {
        return expiredAfter != null && since.age(clock).compareTo(expiredAfter) >= 0;
    }
}
