package dev.holdfast.core.credential;

import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Answers when a credential is refreshed, expired and replaced, and when a fetch may follow a failed one. Used under the cache's lock. */
final class CachePolicy {
    /** The refresh window, in parts of the lifetime: drawn, because machines that started together must not refresh together. */
    static final double EARLIEST_REFRESH = 0.75;

    static final double LATEST_REFRESH = 0.95;

    /** Some services refuse a token in its last seconds (IBM's SDKs count it as expired 10 s early); of a short life a twentieth. */
    static final Duration EXPIRY_MARGIN = Duration.ofSeconds(10);

    static final int EXPIRY_MARGIN_PART = 20;

    /** A credential that a server hands out expired is used once, and not asked for again before this. */
    static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

    /** The cool-down between replacements: doubled while fresh credentials are refused too. */
    static final Duration FIRST_COOL_DOWN = Duration.ofSeconds(1);

    static final Duration LONGEST_COOL_DOWN = Duration.ofSeconds(60);

    /** How long one that the service took goes on being served while it is refused: one path may refuse what all others take. */
    static final Duration LONGEST_DOUBT = Duration.ofSeconds(60);

    /** The pause after a failed fetch, before its jitter. */
    static final Duration FIRST_FETCH_PAUSE = Duration.ofSeconds(1);

    static final Duration LONGEST_FETCH_PAUSE = Duration.ofSeconds(30);

    private final TimeSource clock;
    private final RandomGenerator random;
    private final boolean serveExpiredWhileUnavailable;
    private final RejectionHistory rejections;
    private final FetchBackoff failures;

    CachePolicy(TimeSource clock, RandomGenerator random, boolean serveExpiredWhileUnavailable) {
        this.clock = clock;
        this.random = random;
        this.serveExpiredWhileUnavailable = serveExpiredWhileUnavailable;
        this.rejections = new RejectionHistory(clock);
        this.failures = new FetchBackoff(clock, random);
    }

    CachedCredential keep(Credential fetched, @Nullable CachedCredential predecessor) {
        CachedCredential kept = CachedCredential.of(fetched, clock, random);
        return predecessor == null ? kept : kept.after(predecessor);
    }

    /** Returns what is left of one that is refused: null, unless others use it with success. */
    @Nullable
    CachedCredential refused(Credential refused, @Nullable CachedCredential held) {
        boolean trusted = held != null && held.isTrusted(clock);
        rejections.add(refused, trusted);
        return held != null && trusted ? held.refused(clock) : null;
    }

    /** Needs no lock: it reads clocks and immutable values only. */
    boolean isFresh(CachedCredential held) {
        return held.isFresh(clock);
    }

    boolean isExpired(CachedCredential held) {
        return held.isExpired(clock);
    }

    /** Returns whether an expired credential is still served, because no other can be fetched. */
    boolean servesExpired() {
        return serveExpiredWhileUnavailable;
    }

    CacheState.Locked lockedOut(CacheState under, Credential credential, Duration length) {
        return new CacheState.Locked(under, credential, Timestamp.now(clock), length);
    }

    /** Returns whether the vendor's lock has ended, by time or because another credential is held now. */
    boolean isOver(CacheState.Locked locked) {
        CachedCredential held = locked.held();
        return locked.since().age(clock).compareTo(locked.length()) >= 0
                || (held != null && !held.credential().isSameAs(locked.credential()));
    }

    RejectionHistory rejections() {
        return rejections;
    }

    /** Returns whether a replacement must wait, because another was asked for a moment ago. */
    boolean isCoolingDown() {
        return !rejections.left().isZero();
    }

    /** Returns what the last fetch failed with while no other may follow it, else null. */
    @Nullable
    Throwable standingFailure() {
        return failures.standing();
    }

    /** Returns true for the first failure in a row. */
    boolean failed(Throwable failure) {
        rejections.notReplaced();
        return failures.add(failure);
    }

    /** Returns true if fetches had failed before. */
    boolean fetched() {
        rejections.replaced();
        return failures.clear();
    }

    /** Forgets every credential and every failure, which may quote one. */
    void close() {
        rejections.clear();
        failures.clear();
    }
}
