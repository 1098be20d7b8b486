package dev.holdfast.core.credential;

import dev.holdfast.core.internal.time.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long a credential is good for. A point in time is judged by the vendor's own clock where the response tells it, because a machine's clock may be
 * wrong. Safe for several threads.
 */
public final class Lifetimes {
    /** The largest number of 32 bits without a sign: 136 years. */
    private static final long MOST_SECONDS = 0xFFFF_FFFFL;

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

    /**
     * The lesser of two lifetimes.
     *
     * @param one a lifetime, or null where it is not known
     * @param other another, or null where it is not known
     * @return the shorter, or the only one that is known, or null
     */
    public static @Nullable Duration least(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Durations.min(one, other);
    }

    /**
     * Reads a number of seconds, which some vendors write as a number and some as a text.
     *
     * @param text the text, or null where there is none
     * @return the duration, zero or less for what is over; null if the text is missing, or no whole number between -4294967295 and 4294967295
     */
    public static @Nullable Duration seconds(@Nullable String text) {
        Long number = number(text);
        return number == null ? null : Duration.ofSeconds(number);
    }

    /**
     * Reads a point in time: a date in the form of ISO 8601, or seconds since 1970.
     *
     * @param text the text, or null where there is none
     * @return the point in time; null if the text is missing or unreadable
     */
    public static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Long number = number(text);
        if (number != null) {
            return Instant.ofEpochSecond(number);
        }
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Long number(@Nullable String text) {
        try {
            long number = text == null ? Long.MAX_VALUE : Long.parseLong(text.strip());
            return number >= -MOST_SECONDS && number <= MOST_SECONDS ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
