package dev.holdfast.alibaba;

import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the RPC gateway speaks. */
final class RpcDialect implements ErrorDialect {
    @Override
    public ServiceError error(Context context) {
        return RpcErrors.parse(context.response());
    }

    @Override
    public @Nullable Intermediary intermediary(Context context) {
        return ErrorDialect.webPage(context.response(), "x-acs-request-id", RpcRetryAfter.HEADER);
    }

    @Override
    public @Nullable Duration retryAfter(Context context) {
        return RpcRetryAfter.read(context.response(), context.error(), context.now());
    }

    /** The gateway counts an account's requests to an API: {@code Throttling.User} and {@code Throttling.Api} (help 48054, 2026). */
    @Override
    public String throttleScope(RequestView request, String principal) {
        return RpcAction.of(request) + " " + principal;
    }

    @Override
    public @Nullable String catalogueCode(Context context) {
        return RpcErrors.lookedUp(context.response(), context.error());
    }
}
