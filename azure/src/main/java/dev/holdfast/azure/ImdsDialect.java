package dev.holdfast.azure;

import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import org.jspecify.annotations.Nullable;

/** How the metadata service speaks. */
final class ImdsDialect implements ErrorDialect {
    @Override
    public ServiceError error(Context context) {
        return ImdsErrors.parse(context.response());
    }

    @Override
    public @Nullable Intermediary intermediary(Context context) {
        return ImdsIntermediaries.recognise(context.response(), context.error());
    }
}
