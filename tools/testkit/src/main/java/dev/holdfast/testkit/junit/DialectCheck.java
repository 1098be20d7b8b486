package dev.holdfast.testkit.junit;

import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.ErrorDialect.Context;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks a dialect itself: a service goes on without a method that throws, and would hide the fault. */
final class DialectCheck {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private DialectCheck() {}

    static void assertNothingThrows(ErrorDialect dialect, ResponseView answer, RequestView request) {
        Context context = Context.of(answer, request, NOW);
        ServiceError read = ask("error", answer, () -> dialect.error(context));
        Context about = context.about(read == null ? ServiceError.none() : read);
        ask("failure", answer, () -> dialect.failure(context));
        ask("intermediary", answer, () -> dialect.intermediary(about));
        ask("retryAfter", answer, () -> dialect.retryAfter(about));
        ask("recognises", answer, () -> dialect.recognises(context));
        ask("serverTime", answer, () -> dialect.serverTime(context));
        ask("catalogueCode", answer, () -> dialect.catalogueCode(about));
    }

    private static <T> @Nullable T ask(String method, ResponseView answer, Supplier<@Nullable T> question) {
        try {
            return question.get();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(
                    "ErrorDialect." + method + " must not throw, but threw " + e + " for a response of status "
                            + answer.status(),
                    e);
        }
    }
}
