package dev.holdfast.azure;

import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How Resource Manager speaks, and VM Inspector behind it. */
final class ArmDialect implements ErrorDialect {
    private static final Pattern SUBSCRIPTION = Pattern.compile("/subscriptions/([^/]+)", Pattern.CASE_INSENSITIVE);

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

    /**
     * Resource Manager counts a principal's requests to a subscription (learn.microsoft.com, Azure Resource Manager, "Understand how Azure
     * Resource Manager throttles requests", 2026).
     */
    @Override
    public String throttleScope(RequestView request, String principal) {
        Matcher subscription = SUBSCRIPTION.matcher(request.path());
        return (subscription.find() ? subscription.group(1).toLowerCase(Locale.ROOT) : "") + " " + principal;
    }

    @Override
    public @Nullable Duration retryAfter(Context context) {
        return ArmRetryAfter.read(context.response(), context.error(), context.now());
    }
}
