package dev.holdfast.huawei;

import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.RetryAfter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How CloudDC speaks, and the API gateway before it. */
final class IMetalDialect implements ErrorDialect {
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

    @Override
    public @Nullable String catalogueCode(Context context) {
        return HuaweiErrors.lookedUp(context.response(), context.error());
    }
}
