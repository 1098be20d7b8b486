package dev.holdfast.core.credential;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

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
 * <tr><td>after a failed fetch</td><td>no fetch for 0.5–1 s, doubling up to 30 s; a credential that is still valid is served</td>
 * <td>waiters who each try again are an outage of their own</td></tr>
 * <tr><td>after a replacement</td><td>no other for 1 s, doubling up to 60 s while fresh ones are refused</td><td>the issuer cannot mend that</td></tr>
 * <tr><td>refused, but used by others with success</td><td>served until its successor has landed, or until it has been refused for 60 s without a
 * success</td><td>the fetch may fail, and one path may refuse what all others take</td></tr>
 * </table>
 *
 * <p>Ages are judged by the wall clock or the monotonic one, whichever has moved more: a suspended VM's monotonic clock stands still.
 */
public final class CachingCredentialSource implements CredentialSource {
    private final String name;
    private final RequestSigner signer;
    private final TimeSource clock;
    private final Function<Decision, @Nullable Duration> locks;
    private final CredentialCache cache;

    /** Volatile, and not the cache's: a signature needs the last known skew, and no order with the credentials. */
    private volatile Duration skew = Duration.ZERO;

    private CachingCredentialSource(Builder builder) {
        this.name = builder.name;
        this.signer = builder.signer;
        this.clock = builder.clock;
        this.locks = builder.locks;
        this.cache = new CredentialCache(
                name,
                Objects.requireNonNull(builder.fetch, "fetch must be set"),
                new CachePolicy(clock, builder.random, builder.serveExpiredWhileUnavailable));
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
        return cache.current();
    }

    /**
     * Fetches ahead of the first call, or of the next refresh, and tells when it is done.
     *
     * @return as {@link #current}, but a refresh that is due is waited for
     */
    public CompletableFuture<Credential> prefetch() {
        return cache.ask(new CacheEvent.Asked(true));
    }

    @Override
    public CompletableFuture<Credential> refresh(Credential refused, Decision decision) {
        return cache.ask(new CacheEvent.Refused(refused));
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
        if (length != null) {
            cache.tell(new CacheEvent.LockedOut(used, length));
        }
    }

    /**
     * Forgets what is held, so that the next call waits for a new one: after a change of roles, for example. The next fetch is {@link
     * CredentialFetch#fetchPastCaches}.
     */
    public void invalidate() {
        cache.tell(new CacheEvent.Invalidated());
    }

    @Override
    public void onAccepted(Credential used) {
        CachedCredential now = cache.held();
        // Without the lock: the mark only ever becomes true, and it belongs to one credential, whatever is held by
        // then.
        if (now != null && !now.accepted().get() && now.credential().isSameAs(used)) {
            now.accepted().set(true);
        }
    }

    @Override
    public void close() {
        cache.tell(new CacheEvent.Closing());
    }

    @Override
    public String toString() {
        CachedCredential now = cache.held();
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
         * Serves an expired credential at once while another is fetched, because the service may still take it, and the fetch may hang; off by default.
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
