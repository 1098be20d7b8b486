package dev.holdfast.core.spi;

import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect.Context;
import dev.holdfast.core.spi.ErrorDialect.Intermediary;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Dialects that differ from the standard one in one method. */
public final class Dialects {
    private Dialects() {}

    public static Context context(ResponseView response) {
        return context(response, null);
    }

    public static Context context(ResponseView response, @Nullable RequestView request) {
        return Context.of(response, request, Instant.EPOCH);
    }

    public static ErrorDialect intermediary(Function<Context, @Nullable Intermediary> method) {
        return new ErrorDialect() {
            @Override
            public @Nullable Intermediary intermediary(Context context) {
                return method.apply(context);
            }
        };
    }

    public static ErrorDialect error(Function<ResponseView, ServiceError> method) {
        return new ErrorDialect() {
            @Override
            public ServiceError error(Context context) {
                return method.apply(context.response());
            }
        };
    }

    public static ErrorDialect failure(Function<ResponseView, @Nullable ServiceError> method) {
        return new ErrorDialect() {
            @Override
            public @Nullable ServiceError failure(Context context) {
                return method.apply(context.response());
            }
        };
    }
}
