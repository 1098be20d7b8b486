package dev.holdfast.core.spi;

import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.internal.time.HttpDate;
import dev.holdfast.core.response.ResponseView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the retry-after of headers: {@code x-ms-retry-after-ms} and {@code retry-after-ms} in milliseconds, then {@code Retry-After} in
 * seconds or as an HTTP date (RFC 9110 section 10.2.3, 2022-06). A date is judged by the answer's own {@code Date}, so that a
 * wrong local clock does no harm. A number too large to mean anything is a very long retry-after, not a malformed one; whatever else is
 * there is no retry-after.
 */
public final class RetryAfter {
    private static final List<String> MILLISECOND_HEADERS = List.of("x-ms-retry-after-ms", "retry-after-ms");
    private static final int LONGEST_NUMBER = 12;

    private RetryAfter() {}

    /**
     * Reads the headers named above.
     *
     * @param answer the response
     * @param now the local time, for a response that does not tell its own
     * @return how long to wait, or null where the server says nothing usable
     */
    public static @Nullable Duration headers(ResponseView answer, Instant now) {
        return headers(answer, answer.serverTime(), now);
    }

    /**
     * Reads the headers named above.
     *
     * @param answer the response
     * @param serverTime the server's own time, or null where the response does not tell it
     * @param now the local time, for a response that does not tell its own
     * @return how long to wait, or null where the server says nothing usable
     */
    static @Nullable Duration headers(ResponseView answer, @Nullable Instant serverTime, Instant now) {
        for (String header : MILLISECOND_HEADERS) {
            Duration retryAfter = number(answer.headers().first(header), 1);
            if (retryAfter != null) {
                return retryAfter;
            }
        }
        String value = answer.headers().first("Retry-After");
        Duration retryAfter = number(value, 1_000);
        if (retryAfter != null || value == null) {
            return retryAfter;
        }
        Instant then = HttpDate.parse(value);
        if (then == null) {
            return null;
        }
        Duration left = Duration.between(serverTime == null ? now : serverTime, then);
        return left.isNegative() ? null : Durations.min(left, Durations.FOREVER);
    }

    /**
     * Reads one header that holds milliseconds.
     *
     * @param answer the response
     * @param header the header's name
     * @return how long to wait, or null where there is no such number
     */
    public static @Nullable Duration milliseconds(ResponseView answer, String header) {
        return number(answer.headers().first(header), 1);
    }

    /**
     * Cuts a wait to the longest that this library computes with, so that sums of it do not overflow.
     *
     * @param wait what a server asks for
     * @return the wait, at most 36,500 days
     */
    public static Duration capped(Duration wait) {
        return Durations.min(wait, Durations.FOREVER);
    }

    private static @Nullable Duration number(@Nullable String value, long unitMillis) {
        if (value == null) {
            return null;
        }
        String digits = value.strip();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        String significant = digits.replaceFirst("^0+(?=.)", "");
        if (significant.length() > LONGEST_NUMBER) {
            return Durations.FOREVER;
        }
        return Durations.min(Duration.ofMillis(Long.parseLong(significant) * unitMillis), Durations.FOREVER);
    }
}
