package dev.holdfast.core.credential;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source that keeps a credential, refreshes it before it expires and replaces it when it is refused, with one fetch at a time however
 * many callers there are. Safe for several threads; blocks none.
 *
 * <table>
 * <caption>Its times</caption>
 * <tr><th>what</th><th>when</th><th>why</th></tr>
 * <tr><td>refresh</td><td>at an age drawn from 75–95 % of the lifetime, by the next caller, who does not wait for it</td><td>machines that
 * started together must not refresh together</td></tr>
 * <tr><td>expired</td><td>10 s before the end, of lifetimes under 200 s a twentieth</td><td>some services refuse the last seconds</td></tr>
 * <tr><td>after a failed fetch</td><td>nobody tries again for 0.5–1 s, doubling up to 30 s; a credential that is still valid is served</td>
 * <td>waiters who each try again are an outage of their own</td></tr>
 * <tr><td>after a replacement</td><td>none for 1 s, doubling up to 60 s while fresh ones are refused; one that others use with success stays</td>
 * <td>the issuer is not to suffer for what it cannot mend, nor others for a path that refuses everybody</td></tr>
 * </table>
 *
 * <p>Ages are judged by the wall clock or the monotonic one, whichever has moved more: a suspended VM's monotonic clock stands still.
 */
public final class CachingCredentialSource implements CredentialSource {
    private static final Logger LOG = LoggerFactory.getLogger(CachingCredentialSource.class);

    private final String name;
    private final RequestSigner signer;
    private final CredentialFetch fetch;
    private final TimeSource clock;
    private final RandomGenerator random;
    private final Function<Decision, @Nullable Duration> locks;
    private final boolean serveExpiredWhileUnavailable;

    private final ReentrantLock lock = new ReentrantLock();
    private final RejectionHistory refusals;
    private final FetchBackoff failures;
    private volatile @Nullable CachedCredential held;
    private volatile Duration skew = Duration.ZERO;
    private @Nullable Flight flight;
    private volatile @Nullable Stop stop;
    private boolean closed;

    /** The one fetch that is under way. */
    private static final class Flight {
        private final CompletableFuture<Credential> landed = new CompletableFuture<>();
        private @Nullable Credential refused;
        private boolean stale;

        Flight(@Nullable Credential refused) {
            this.refused = refused;
        }
    }

    /** The vendor has locked a credential for a while. */
    private record Stop(Credential credential, Timestamp since, Duration length) {}

    private CachingCredentialSource(Builder builder) {
        this.name = builder.name;
        this.signer = builder.signer;
        this.fetch = Objects.requireNonNull(builder.fetch, "fetch must be set");
        this.clock = builder.clock;
        this.random = builder.random;
        this.locks = builder.locks;
        this.serveExpiredWhileUnavailable = builder.serveExpiredWhileUnavailable;
        this.refusals = new RejectionHistory(clock);
        this.failures = new FetchBackoff(clock, random);
    }

    /**
     * Starts a source.
     *
     * @param name what it is called in log lines and exceptions, such as {@code ibm/iam-token}
     * @param signer applies its credentials
     * @return a new builder
     */
    public static Builder builder(String name, RequestSigner signer) {
        return new Builder(name, signer);
    }

    @Override
    public CompletableFuture<Credential> current() {
        CachedCredential now = held;
        return now != null && now.isFresh(clock) && stop == null ? now.ready() : settle(false);
    }

    /**
     * Fetches ahead of the first call, or of the next refresh, and tells when it is done.
     *
     * @return as {@link #current}, but a refresh that is due is waited for
     */
    public CompletableFuture<Credential> prefetch() {
        return settle(true);
    }

    private CompletableFuture<Credential> settle(boolean waits) {
        Flight launched = null;
        CompletableFuture<Credential> result;
        lock.lock();
        try {
            CachedCredential now = held;
            Throwable failed = failures.standing();
            boolean usable = now != null && !now.isExpired(clock);
            if (closed) {
                return failed("is closed", null);
            }
            if (locked(now)) {
                return failed(
                        "is locked by the vendor after too many failures; see the advice of the failed call", null);
            }
            if (now != null && now.isFresh(clock)) {
                return now.ready();
            }
            if (flight == null
                    && failed == null
                    && (now != null || refusals.left().isZero())) {
                launched = new Flight(refusals.last());
                flight = launched;
                if (launched.refused != null) {
                    refusals.replacing();
                }
            }
            if (usable && !(waits && flight != null)) {
                result = Objects.requireNonNull(now).ready();
            } else if (flight != null) {
                result = flight.landed.copy();
            } else if (now != null && serveExpiredWhileUnavailable) {
                result = now.ready();
            } else {
                result = failed == null
                        ? CompletableFuture.failedFuture(CredentialException.tooSoon(name))
                        : failed("could not be fetched a moment ago; not asking again yet", failed);
            }
        } finally {
            lock.unlock();
        }
        if (launched != null) {
            launch(launched);
        }
        return result;
    }

    /** The lock is held. */
    private boolean locked(@Nullable CachedCredential now) {
        Stop standing = stop;
        if (standing == null) {
            return false;
        }
        boolean over = standing.since().age(clock).compareTo(standing.length()) >= 0;
        if (over || (now != null && !now.credential().isSameAs(standing.credential()))) {
            stop = null;
            return false;
        }
        return true;
    }

    @Override
    public CompletableFuture<Credential> refresh(Credential refused, Decision decision) {
        Flight launched = null;
        CompletableFuture<Credential> result = null;
        lock.lock();
        try {
            CachedCredential now = held;
            Throwable failed = failures.standing();
            if (now != null && !now.credential().isSameAs(refused)) {
                // Somebody has replaced it already, and that one is not to suffer for a late refusal.
                result = now.ready();
            } else if (closed) {
                result = failed("is closed", null);
            } else {
                boolean others = now != null && now.accepted().get();
                boolean tooSoon = flight == null && !refusals.left().isZero();
                if (!others || (!tooSoon && failed == null)) {
                    // Kept only where it serves others and none could take its place now: then one path refuses it, and
                    // not the service.
                    held = null;
                    refusals.add(refused, others);
                }
                if (flight != null) {
                    result = other(flight, refused);
                } else if (tooSoon) {
                    result = CompletableFuture.failedFuture(CredentialException.tooSoon(name));
                } else if (failed != null) {
                    result = failed("could not be fetched a moment ago; not asking again yet", failed);
                } else {
                    refusals.replacing();
                    launched = new Flight(refused);
                    flight = launched;
                }
            }
        } finally {
            lock.unlock();
        }
        if (launched != null) {
            launch(launched);
            result = other(launched, refused);
        }
        return Objects.requireNonNull(result);
    }

    /** What lands, unless it is the refused one again: that is for those who were not refused. */
    private CompletableFuture<Credential> other(Flight awaited, Credential refused) {
        return awaited.landed.thenApply(landed -> {
            if (landed.isSameAs(refused)) {
                throw new CompletionException(givenAgain());
            }
            return landed;
        });
    }

    private CredentialException givenAgain() {
        return new CredentialException(name + ": the issuer gave again what the service had refused", null);
    }

    private void launch(Flight launched) {
        CompletableFuture<Credential> fetching;
        try {
            fetching = Objects.requireNonNull(fetch.fetch(launched.refused), "fetch gave no future");
        } catch (RuntimeException | Error e) {
            fetching = CompletableFuture.failedFuture(e);
        }
        var unused = fetching.whenComplete((credential, thrown) -> landed(launched, credential, thrown));
    }

    private void landed(Flight landed, @Nullable Credential credential, @Nullable Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        Credential result = credential;
        boolean once = false;
        lock.lock();
        try {
            if (failure == null && result == null) {
                failure = new CredentialException(name + ": the fetch gave no credential", null);
            } else if (landed.stale && failure == null && !closed) {
                landed.stale = false;
                once = true;
            } else if (result != null && refusals.knows(result) && !closed) {
                if (landed.refused == null) {
                    // It was asked for before the refusal, so a cache on the way may have been right to give it.
                    landed.refused = result;
                    once = true;
                } else if (!refusals.forgives(result)) {
                    failure = givenAgain();
                }
            }
            if (!once) {
                result = settled(failure, result);
                flight = null;
            }
        } finally {
            lock.unlock();
        }
        if (once) {
            launch(landed);
        } else if (result != null) {
            landed.landed.complete(result);
        } else {
            landed.landed.completeExceptionally(Objects.requireNonNull(failure));
        }
    }

    /** Publishes within the lock, so that nobody can begin a second fetch in between. What the waiters get, or null. */
    private @Nullable Credential settled(@Nullable Throwable failure, @Nullable Credential fetched) {
        if (closed) {
            return failure == null ? fetched : null;
        }
        if (failure == null) {
            held = CachedCredential.of(Objects.requireNonNull(fetched), clock, random);
            if (failures.clear()) {
                LOG.info("{}: credentials can be fetched again", name);
            }
            return fetched;
        }
        if (failures.add(failure)) {
            LOG.warn("{}: no credential could be fetched: {}", name, FailureText.of(failure));
        }
        CachedCredential old = held;
        return old != null && (serveExpiredWhileUnavailable || !old.isExpired(clock)) ? old.credential() : null;
    }

    private CompletableFuture<Credential> failed(String why, @Nullable Throwable cause) {
        return CompletableFuture.failedFuture(new CredentialException(name + " " + why, cause));
    }

    @Override
    public void apply(Credential credential, SigningView request) {
        signer.sign(request, credential, clock.now().plus(skew));
    }

    @Override
    public boolean correctClock(Instant serverTime) {
        if (signer.isDated()) {
            skew = Duration.between(clock.now(), serverTime);
        }
        return signer.isDated();
    }

    @Override
    public void onRejected(Credential used, Decision decision) {
        Duration length = locks.apply(decision);
        if (length == null) {
            return;
        }
        lock.lock();
        try {
            stop = new Stop(used, Timestamp.now(clock), length);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what is held, so that the next call waits for a new one: after a change of roles, for example. */
    public void invalidate() {
        lock.lock();
        try {
            held = null;
            if (flight != null) {
                // What it brings may be from before whatever made the caller ask.
                flight.stale = true;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onAccepted(Credential used) {
        CachedCredential now = held;
        if (now != null && !now.accepted().get() && now.credential().isSameAs(used)) {
            now.accepted().set(true);
        }
    }

    @Override
    public void close() {
        Flight waiting;
        lock.lock();
        try {
            closed = true;
            held = null;
            waiting = flight;
            flight = null;
        } finally {
            lock.unlock();
        }
        if (waiting != null) {
            waiting.landed.completeExceptionally(new CredentialException(name + " was closed", null));
        }
    }

    @Override
    public String toString() {
        CachedCredential now = held;
        return "CachingCredentialSource[" + name + ", " + (now == null ? "empty" : now.credential()) + "]";
    }

    /** Collects settings. Not safe for several threads. */
    public static final class Builder {
        private final String name;
        private final RequestSigner signer;
        private @Nullable CredentialFetch fetch;
        private TimeSource clock = TimeSource.system();
        private RandomGenerator random = Randomness.threadLocal();
        private Function<Decision, @Nullable Duration> locks = decision -> null;
        private boolean serveExpiredWhileUnavailable;

        private Builder(String name, RequestSigner signer) {
            this.name = Objects.requireNonNull(name, "name must not be null");
            this.signer = Objects.requireNonNull(signer, "signer must not be null");
        }

        /**
         * Where credentials come from; must be set.
         *
         * @param value the fetch
         * @return this
         */
        public Builder fetch(CredentialFetch value) {
            fetch = Objects.requireNonNull(value, "fetch must not be null");
            return this;
        }

        /**
         * The clock; the system's by default.
         *
         * @param value the clock
         * @return this
         */
        public Builder timeSource(TimeSource value) {
            clock = Objects.requireNonNull(value, "timeSource must not be null");
            return this;
        }

        /**
         * Where the drawn times come from; unseeded by default.
         *
         * @param value the generator; must be safe for several threads
         * @return this
         */
        public Builder random(RandomGenerator value) {
            random = Objects.requireNonNull(value, "random must not be null");
            return this;
        }

        /**
         * How long the vendor locks a credential after what it has just answered; never by default.
         *
         * @param value tells by a decision for how long the credential must not be used, or null
         * @return this
         */
        public Builder lockoutAfter(Function<Decision, @Nullable Duration> value) {
            locks = Objects.requireNonNull(value, "locks must not be null");
            return this;
        }

        /**
         * Serves an expired credential while no other can be fetched, because the service may still take it; off by default.
         *
         * @return this
         */
        public Builder serveExpiredWhileUnavailable() {
            serveExpiredWhileUnavailable = true;
            return this;
        }

        /**
         * Makes the source. It fetches nothing yet.
         *
         * @return a new source
         * @throws NullPointerException if there is no fetch
         */
        public CachingCredentialSource build() {
            return new CachingCredentialSource(this);
        }
    }
}
