package dev.holdfast.core.credential;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a credential is good for, where the vendor says it as a point in time: judged by the vendor's own clock, not by this machine's. */
public final class Lifetimes {
    private Lifetimes() {}

    /**
     * The time between what the server calls now and the expiry.
     *
     * @param expiresAt when it expires, by the server's clock
     * @param serverTime the answer's {@code Date}, or null where it has none
     * @param now this machine's time, which is believed only where the server's is not known
     * @return zero or less if it has expired
     */
    public static Duration until(Instant expiresAt, @Nullable Instant serverTime, Instant now) {
        return Duration.between(serverTime == null ? now : serverTime, expiresAt);
    }
}
