package dev.holdfast.core.internal.limit;

import dev.holdfast.core.policy.Limits;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits that the components of a process ask of one limiter. Of each setting the smallest holds while its owner is reachable: a component
 * that asks for less must get it, and one that asks for more can do with less. Thread-safe.
 */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast.limits");

    /** What one owner asks for. Two of one owner are equal, so that it is counted once. */
    private static final class Claim extends WeakReference<Object> {
        private final Limits limits;
        private final int hash;

        Claim(Object owner, Limits limits, ReferenceQueue<Object> gone) {
            super(owner, gone);
            this.limits = limits;
            this.hash = System.identityHashCode(owner);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            Object owner = get();
            return other == this
                    || (other instanceof Claim claim
                            && owner != null
                            && claim.refersTo(owner)
                            && claim.limits.equals(limits));
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final LimiterKey key;
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final Set<Claim> claims = new HashSet<>();
    private boolean warned;

    /** Whether owners ask for different limits. Read without the lock: almost always there is one answer, and nothing to look at. */
    private volatile boolean mixed;

    /** The smallest of all settings. Written under the monitor of this object. */
    private volatile Limits holding;

    Claims(LimiterKey key, Limits first) {
        this.key = key;
        this.holding = first;
    }

    boolean isMixed() {
        return mixed;
    }

    /** Returns what holds. */
    Limits holding() {
        return holding;
    }

    /** Adds a claim. */
    synchronized void add(Object owner, Limits asked) {
        dropGone();
        Limits before = holding;
        boolean first = claims.isEmpty();
        claims.add(new Claim(owner, asked, gone));
        count();
        if (!first && !before.equals(asked) && !warned) {
            warned = true;
            LOG.warn(
                    "{} is used with two limits: [{}] and [{}]. The smaller value of each setting holds: [{}]",
                    key,
                    before,
                    asked,
                    holding);
        }
    }

    /** Forgets the owners that have gone. */
    synchronized void dropGone() {
        boolean any = false;
        for (Reference<?> left = gone.poll(); left != null; left = gone.poll()) {
            any |= claims.remove(left);
        }
        if (any) {
            count();
        }
    }

    private void count() {
        Limits smallest = null;
        boolean differ = false;
        for (Claim claim : claims) {
            differ |= smallest != null && !smallest.equals(claim.limits);
            smallest = smallest == null ? claim.limits : smaller(smallest, claim.limits);
        }
        mixed = differ;
        // Without an owner, no call goes on and nothing is to be changed.
        holding = smallest == null ? holding : smallest;
    }

    /** Takes the smaller value of each setting. No rate limit and no concurrency limit are the largest. */
    static Limits smaller(Limits one, Limits other) {
        Limits smaller = Limits.NONE.retryBudget(
                Math.min(one.budgetCapacity(), other.budgetCapacity()),
                Math.min(one.budgetPerSuccess(), other.budgetPerSuccess()),
                Math.min(one.budgetPerMinute(), other.budgetPerMinute()));
        Duration interval = longer(one.interval(), other.interval());
        if (interval != null) {
            smaller = smaller.rate(1, interval);
        }
        int most = Math.max(one.concurrency(), other.concurrency());
        int least = Math.min(one.concurrency(), other.concurrency());
        return most == 0 ? smaller : smaller.concurrency(least == 0 ? most : least);
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
