package dev.holdfast.azure;

import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Resource Manager says when to come back: its headers, then "Please try again after '7' seconds" in the message, at least one second even where
 * it says 0 (azure-metrics-exporter#36). VM Inspector's {@code Retry-After: 120000} cannot be seconds, which would be 33 hours (diagnostic.json
 * 2024-03-01-preview, example): above an hour the number is read as milliseconds.
 */
final class ArmRetryAfter {
    private static final Duration LONGEST_IN_SECONDS = Duration.ofHours(1);
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Pattern NUMBER = Pattern.compile("\\s*\\d{1,12}\\s*");
    private static final Pattern TEXT =
            Pattern.compile("(?i)(?:try again|retried|retry) (?:after|in) ['\"]?(\\d{1,6})['\"]? (second|minute)s?\\b");

    private ArmRetryAfter() {}

    static @Nullable Duration read(ResponseView answer, ServiceError error, Instant now) {
        Duration retryAfter = RetryAfter.headers(answer, now);
        if (retryAfter == null) {
            return inText(error);
        }
        String value = answer.headers().first("Retry-After");
        boolean seconds = value != null
                && NUMBER.matcher(value).matches()
                && retryAfter.equals(Duration.ofSeconds(Long.parseLong(value.strip())));
        return seconds && retryAfter.compareTo(LONGEST_IN_SECONDS) > 0 ? retryAfter.dividedBy(1_000) : retryAfter;
    }

    private static @Nullable Duration inText(ServiceError error) {
        Matcher matcher = TEXT.matcher(error.message() == null ? "" : error.message());
        if (!matcher.find()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(1));
        boolean minutes = Character.toLowerCase(matcher.group(2).charAt(0)) == 'm';
        Duration asked = minutes ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
        return asked.compareTo(LEAST) < 0 ? LEAST : asked;
    }
}
