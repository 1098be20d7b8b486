package dev.holdfast.huawei;

import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import org.jspecify.annotations.Nullable;

/** How the metadata service speaks. */
final class MetadataDialect implements ErrorDialect {
    @Override
    public ServiceError error(Context context) {
        return MetadataErrors.parse(context.response());
    }

    @Override
    public @Nullable Intermediary intermediary(Context context) {
        return MetadataIntermediaries.recognise(context.response());
    }
}
