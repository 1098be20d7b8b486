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
    /** Drawn for each credential, so that not all machines that were started together refresh together. */
    private static final double EARLIEST = 0.75;

    private static final double LATEST = 0.95;

    /** Some services refuse a token in its last seconds (IBM's SDKs count it as expired 10 s early); of a short life a twentieth. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private static final int MARGIN_PART = 20;

    /** What a server hands out expired is used once, and not asked for again before this. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    static CachedCredential of(Credential credential, TimeSource clock, RandomGenerator random) {
        Timestamp now = Timestamp.now(clock);
        CompletableFuture<Credential> ready = CompletableFuture.completedFuture(credential);
        if (credential.lifetime() == null) {
            return new CachedCredential(credential, ready, now, null, null, new AtomicBoolean());
        }
        Duration life = Durations.min(Durations.max(credential.lifetime(), SHORTEST), Durations.FOREVER);
        double part = EARLIEST + (LATEST - EARLIEST) * random.nextDouble();
        Duration refresh = Duration.ofNanos((long) (life.toNanos() * part));
        return new CachedCredential(
                credential,
                ready,
                now,
                refresh,
                life.minus(Durations.min(MARGIN, life.dividedBy(MARGIN_PART))),
                new AtomicBoolean());
    }

    boolean isFresh(TimeSource clock) {
        return refreshAfter == null || since.age(clock).compareTo(refreshAfter) < 0;
    }

    boolean isExpired(TimeSource clock) {
        return expiredAfter != null && since.age(clock).compareTo(expiredAfter) >= 0;
    }
}
