package dev.holdfast.core.credential;

import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A credential and its times.
 *
 * @param credential the credential
 * @param ready the same, for who asks
 * @param since when it was received
 * @param refreshAfter the age at which it is refreshed, or null for never
 * @param expiredAfter the age at which it is given out no more, or null for never
 * @param accepted whether the service has taken it since
 */
record CachedCredential(
        Credential credential,
        CompletableFuture<Credential> ready,
        Timestamp since,
        @Nullable Duration refreshAfter,
        @Nullable Duration expiredAfter,
        AtomicBoolean accepted) {
    static CachedCredential of(Credential credential, TimeSource clock, RandomGenerator random) {
        Timestamp now = Timestamp.now(clock);
        CompletableFuture<Credential> ready = CompletableFuture.completedFuture(credential);
        if (credential.lifetime() == null) {
            return new CachedCredential(credential, ready, now, null, null, new AtomicBoolean());
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
                new AtomicBoolean());
    }

    boolean isFresh(TimeSource clock) {
        return refreshAfter == null || since.age(clock).compareTo(refreshAfter) < 0;
    }

    boolean isExpired(TimeSource clock) {
        return expiredAfter != null && since.age(clock).compareTo(expiredAfter) >= 0;
    }
}
