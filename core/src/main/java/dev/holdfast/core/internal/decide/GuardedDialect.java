package dev.holdfast.core.internal.decide;

import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.ErrorDialect.Context;
import dev.holdfast.core.spi.ErrorDialect.Intermediary;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a vendor's dialect. A method that throws costs its own answer, never the response; its first fault is logged. */
final class GuardedDialect {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionPipeline.class);

    private final String service;
    private final ErrorDialect dialect;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    GuardedDialect(String service, ErrorDialect dialect) {
        this.service = service;
        this.dialect = dialect;
    }

    ServiceError error(Context context) {
        ServiceError read = ask("error", () -> dialect.error(context), ServiceError.none());
        return read == null ? ServiceError.none() : read;
    }

    @Nullable
    ServiceError failure(Context context) {
        return ask("failure", () -> dialect.failure(context), null);
    }

    @Nullable
    Intermediary intermediary(Context context) {
        return ask("intermediary", () -> dialect.intermediary(context), null);
    }

    /** A wait below zero is none. */
    @Nullable
    Duration retryAfter(Context context) {
        Duration asked = ask("retryAfter", () -> dialect.retryAfter(context), null);
        return asked == null || asked.isNegative() ? null : asked;
    }

    @Nullable
    String catalogueCode(Context context) {
        return ask(
                "catalogueCode",
                () -> dialect.catalogueCode(context),
                context.error().code());
    }

    @Nullable
    Instant serverTime(Context context) {
        return ask("serverTime", () -> dialect.serverTime(context), null);
    }

    boolean isMarked() {
        return Boolean.TRUE.equals(ask("isMarked", dialect::isMarked, false));
    }

    boolean recognises(Context context) {
        return Boolean.TRUE.equals(ask("recognises", () -> dialect.recognises(context), false));
    }

    String throttleScope(RequestView request, String principal) {
        String scope = ask("throttleScope", () -> dialect.throttleScope(request, principal), "");
        return scope == null ? "" : scope;
    }

    private <T> @Nullable T ask(String method, Supplier<@Nullable T> question, @Nullable T otherwise) {
        try {
            return question.get();
        } catch (RuntimeException | StackOverflowError e) {
            if (warned.add(method)) {
                // The exception's own message may hold a part of the response, thus a secret.
                LOG.warn(
                        "ErrorDialect.{} of {} threw {}; decisions go on without it",
                        method,
                        service,
                        e.getClass().getName());
            }
            return otherwise;
        }
    }
}
