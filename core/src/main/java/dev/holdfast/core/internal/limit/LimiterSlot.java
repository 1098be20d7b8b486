package dev.holdfast.core.internal.limit;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A registry's hold on one limiter: firm while the limiter has anything to remember, weak otherwise. A limiter that some call or Holdfast still
 * holds stays the one of its key either way, so that no key ever has two.
 */
final class LimiterSlot {
    private final WeakReference<EndpointLimiter> limiter;
    private volatile @Nullable EndpointLimiter held;

    LimiterSlot(EndpointLimiter limiter) {
        this.limiter = new WeakReference<>(limiter);
        this.held = limiter;
    }

    @Nullable
    EndpointLimiter limiter() {
        return limiter.get();
    }

    /** The limiter has something to remember. It notes that first and calls this after. */
    void keep(EndpointLimiter own) {
        if (held == null) {
            held = own;
        }
    }

    /** Loosens the hold on a limiter that has nothing to remember. Returns false if the limiter is gone. */
    boolean loosen() {
        EndpointLimiter own = limiter.get();
        // Before the look: a limiter that gets something to remember in between finds the hold loose, and keeps itself.
        held = null;
        if (own != null && !own.isFresh()) {
            held = own;
        }
        return own != null;
    }
}
