package dev.holdfast.huawei;

import dev.holdfast.core.credential.Lifetimes;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How CloudDC speaks, and the API gateway before it. */
final class IMetalDialect implements ErrorDialect {
    private static final Pattern SERVER_TIME = Pattern.compile("(?i)server time: ?([0-9]{8}T[0-9]{6}Z)");
    private static final Pattern PROJECT = Pattern.compile("^/v[0-9][0-9.]*/([0-9a-f]{32})(?:/|$)");

    @Override
    public ServiceError error(Context context) {
        return HuaweiErrors.parse(context.response());
    }

    @Override
    public @Nullable ServiceError failure(Context context) {
        return HuaweiErrors.throttledInDisguise(context.response());
    }

    @Override
    public @Nullable Intermediary intermediary(Context context) {
        return ErrorDialect.webPage(context.response(), "X-Request-Id", "X-IAM-Trace-Id", "x-obs-request-id");
    }

    @Override
    public @Nullable Duration retryAfter(Context context) {
        Duration asked = RetryAfter.headers(context.response(), context.now());
        return asked != null ? asked : ThrottleWindow.read(context.response(), context.error());
    }

    /** The gateway says its time in the sentence about a signature's time (api-sign-0001, 2026; huaweicloud-sdk-java-v3#44); a proxy may have dropped the Date. */
    @Override
    public @Nullable Instant serverTime(Context context) {
        Instant date = context.response().serverTime();
        if (date != null) {
            return date;
        }
        String message = context.error().message();
        Matcher said = message == null ? null : SERVER_TIME.matcher(message);
        return said != null && said.find() ? Lifetimes.instant(said.group(1)) : null;
    }

    /** CloudDC's requests are a project's, whose id follows the version in the path (Base URI of the API reference, 2026). */
    @Override
    public String throttleScope(RequestView request, String principal) {
        Matcher project = PROJECT.matcher(request.path());
        return project.find() ? project.group(1) : "";
    }

    @Override
    public @Nullable String catalogueCode(Context context) {
        return HuaweiErrors.lookedUp(context.response(), context.error());
    }
}
