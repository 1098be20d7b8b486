package dev.holdfast.huawei;

import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.RetryAfter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Huawei sends no {@code Retry-After} that anybody has documented; it states how many calls it allows in which window instead, in the text of a throttle
 * or in the gateway's debugging headers. The retry-after is the window divided by the limit, the pace at which the window is kept, and at least a second.
 */
final class ThrottleWindow {
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** The API gateway's way to say it, then that of IAM and ModelArts; bounded, because a message may be anything. */
    private static final List<Pattern> TEXTS = List.of(
            Pattern.compile("over ratelimit, ?limit: ?(\\d{1,9}), ?time: ?(\\d{1,9}) ?(second|minute|hour|day)"),
            Pattern.compile("\\b(\\d{1,9}) times per (\\d{1,9} )?(second|minute|hour|day)"));

    /** Sent on request only ({@code X-Apig-Mode: debug}): OTC APIG guide apig_03_0047. */
    private static final List<String> HEADERS = List.of(
            "X-Apig-RateLimit-api",
            "X-Apig-RateLimit-user",
            "X-Apig-RateLimit-app",
            "X-Apig-RateLimit-ip",
            "X-Apig-RateLimit-api-allenv");

    private static final Pattern USED_UP = Pattern.compile(
            "remain: ?0, ?limit: ?(\\d{1,9}), ?time: ?(\\d{1,9}) ?(second|minute|hour|day)", Pattern.CASE_INSENSITIVE);

    private ThrottleWindow() {}

    static @Nullable Duration read(ResponseView answer, ServiceError error) {
        String message = error.message();
        if (message != null) {
            String text = message.toLowerCase(Locale.ROOT);
            for (Pattern pattern : TEXTS) {
                Matcher matcher = pattern.matcher(text);
                if (matcher.find()) {
                    return pause(matcher);
                }
            }
        }
        Duration longest = null;
        for (String header : HEADERS) {
            String value = answer.headers().first(header);
            Matcher matcher = value == null ? null : USED_UP.matcher(value);
            if (matcher != null && matcher.find()) {
                Duration pause = pause(matcher);
                longest = longest == null || pause.compareTo(longest) > 0 ? pause : longest;
            }
        }
        return longest;
    }

    private static Duration pause(Matcher matcher) {
        long calls = Math.max(1, Long.parseLong(matcher.group(1)));
        String count = matcher.group(2);
        long units = count == null ? 1 : Long.parseLong(count.strip());
        long seconds = units
                * switch (matcher.group(3).toLowerCase(Locale.ROOT)) {
                    case "second" -> 1;
                    case "minute" -> 60;
                    case "hour" -> 3_600;
                    default -> 86_400;
                };
        Duration spacing = RetryAfter.capped(Duration.ofSeconds(seconds)).dividedBy(calls);
        return spacing.compareTo(LEAST) < 0 ? LEAST : spacing;
    }
}
