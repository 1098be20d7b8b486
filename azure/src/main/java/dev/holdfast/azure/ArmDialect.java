package dev.holdfast.azure;

import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How Resource Manager speaks, and VM Inspector behind it. */
final class ArmDialect implements ErrorDialect {
    @Override
    public ServiceError error(Context context) {
        return ArmErrors.parse(context.response());
    }

    @Override
    public @Nullable ServiceError failure(Context context) {
        return InspectionResult.failure(context.response(), context.request());
    }

    @Override
    public @Nullable Intermediary intermediary(Context context) {
        return ErrorDialect.webPage(context.response(), "x-ms-request-id", "x-ms-failure-cause");
    }

    @Override
    public @Nullable Duration retryAfter(Context context) {
        return ArmRetryAfter.read(context.response(), context.error(), context.now());
    }
}
