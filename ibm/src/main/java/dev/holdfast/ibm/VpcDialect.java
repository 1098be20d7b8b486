package dev.holdfast.ibm;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.RetryAfter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the metadata service speaks. */
final class VpcDialect implements ErrorDialect {
    /** Each error of the service has both (VPC docs, metadata API; IBM/vpc-go-sdk). */
    private static final Members ERROR = Members.of("errors", "trace");

    @Override
    public boolean isMarked() {
        return true;
    }

    /** A probe has no token, so that the service refuses it in its own form. */
    @Override
    public boolean recognises(Context context) {
        Document.Node root = Document.read(context.response(), ERROR).root();
        return root.get("errors").exists() && root.text("trace") != null;
    }

    @Override
    public ServiceError error(Context context) {
        return VpcErrors.parse(context.response());
    }

    @Override
    public @Nullable ServiceError failure(Context context) {
        return VpcTokens.failure(context.response(), context.request());
    }

    @Override
    public @Nullable Intermediary intermediary(Context context) {
        return ErrorDialect.webPage(
                context.response(), "X-Request-Id", "Transaction-Id", "X-Global-Transaction-Id", "X-Correlation-Id");
    }

    @Override
    public @Nullable Duration retryAfter(Context context) {
        Duration asked = RetryAfter.headers(context.response(), context.now());
        return asked != null ? asked : RateLimitReset.read(context.response(), context.now());
    }
}
