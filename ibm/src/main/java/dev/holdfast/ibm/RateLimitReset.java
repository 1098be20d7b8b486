package dev.holdfast.ibm;

import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.spi.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code X-RateLimit-Reset} of IBM's gateways (terraform-provider-ibm#460), where no {@code Retry-After} stands beside it. Nobody documents its
 * unit, so its size tells: a date in seconds or milliseconds of Unix time, or seconds from now. A date is judged by the answer's own {@code Date}.
 */
final class RateLimitReset {
    private static final long YEAR_2001_SECONDS = 1_000_000_000L;
    private static final long YEAR_2001_MILLIS = 1_000_000_000_000L;
    private static final int LONGEST_NUMBER = 15;

    private RateLimitReset() {}

    static @Nullable Duration read(ResponseView answer, Instant now) {
        String value = answer.headers().first("X-RateLimit-Reset");
        // Gateways send it with every answer; it says when to come back only where the limit is what refused.
        if (answer.status() != 429 || value == null) {
            return null;
        }
        String digits = value.strip();
        boolean number = !digits.isEmpty()
                && digits.length() <= LONGEST_NUMBER
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            return null;
        }
        long reset = Long.parseLong(digits);
        if (reset < YEAR_2001_SECONDS) {
            return RetryAfter.capped(Duration.ofSeconds(reset));
        }
        Instant then = reset < YEAR_2001_MILLIS ? Instant.ofEpochSecond(reset) : Instant.ofEpochMilli(reset);
        Instant serverTime = answer.serverTime();
        Duration left = Duration.between(serverTime == null ? now : serverTime, then);
        return left.isNegative() ? null : RetryAfter.capped(left);
    }
}
