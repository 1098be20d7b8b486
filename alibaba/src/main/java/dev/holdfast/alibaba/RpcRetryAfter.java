package dev.holdfast.alibaba;

import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway says when to come back: {@code x-acs-retry-after} in milliseconds (aliyun/darabonba-openapi 8b916ca, 2026-07-21), {@code
 * Retry-After}, "try again after 5 minutes" (AlibabaCloudDocs/ecs ModifyInstanceSpec, 2021), and {@code X-RateLimit-User(-API)} with its TimeLeft in
 * milliseconds where nothing remains (aliyun-openapi-java-sdk, 2026).
 */
final class RpcRetryAfter {
    static final String HEADER = "x-acs-retry-after";

    private static final Pattern TEXT =
            Pattern.compile("(?i)try again (?:after|in) (\\d{1,6}) ?(second|minute|hour)s?\\b");
    private static final Pattern REMAIN = Pattern.compile("(?i)\\bRemain(?:ing)?\\s*:\\s*0+\\s*(?:,|$)");
    private static final Pattern TIME_LEFT = Pattern.compile("(?i)\\bTimeLeft\\s*:\\s*(\\d{1,9})\\s*(?:,|$)");

    private RpcRetryAfter() {}

    /** The most precise word first. */
    static @Nullable Duration read(ResponseView answer, ServiceError error, Instant now) {
        Duration asked = retryAfter(answer);
        asked = asked != null ? asked : RetryAfter.headers(answer, now);
        asked = asked != null ? asked : inText(error);
        return asked != null ? asked : rateLimit(answer);
    }

    /** Only a positive whole number is one; everything else is as if the header were not there. */
    static @Nullable Duration retryAfter(ResponseView answer) {
        Duration retryAfter = RetryAfter.milliseconds(answer, HEADER);
        return retryAfter == null || retryAfter.isZero() ? null : retryAfter;
    }

    private static @Nullable Duration inText(ServiceError error) {
        Matcher matcher = TEXT.matcher(error.message() == null ? "" : error.message());
        if (!matcher.find()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2).charAt(0)) {
            case 's', 'S' -> Duration.ofSeconds(number);
            case 'm', 'M' -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private static @Nullable Duration rateLimit(ResponseView answer) {
        Duration longest = null;
        for (String header : new String[] {"X-RateLimit-User-API", "X-RateLimit-User"}) {
            String value = answer.headers().first(header);
            if (value == null || !REMAIN.matcher(value).find()) {
                continue;
            }
            Matcher left = TIME_LEFT.matcher(value);
            if (left.find()) {
                Duration wait = Duration.ofMillis(Long.parseLong(left.group(1)));
                longest = longest == null || wait.compareTo(longest) > 0 ? wait : longest;
            }
        }
        return longest;
    }
}
