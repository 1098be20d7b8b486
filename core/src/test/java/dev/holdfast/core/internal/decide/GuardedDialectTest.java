package dev.holdfast.core.internal.decide;

import static dev.holdfast.core.spi.Dialects.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.catalogue.Tables;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.Dialects;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.ErrorDialect.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Law 17: a faulty method of a dialect costs its own answer, never the response. */
class GuardedDialectTest {
    private static final Context BUSY =
            context(ResponseView.of(503, HeaderFields.of("Retry-After", "7"), "{\"code\":\"Busy\"}"));

    static Stream<Supplier<? extends Throwable>> faults() {
        return Stream.of(
                () -> new IllegalStateException("CANARY"),
                () -> new StringIndexOutOfBoundsException(3),
                StackOverflowError::new);
    }

    /** Each method throws. */
    private record Broken(Supplier<? extends Throwable> fault) implements ErrorDialect {
        private <T> T broken() {
            if (fault.get() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) fault.get();
        }

        @Override
        public ServiceError error(Context context) {
            return broken();
        }

        @Override
        public ServiceError failure(Context context) {
            return broken();
        }

        @Override
        public Intermediary intermediary(Context context) {
            return broken();
        }

        @Override
        public Duration retryAfter(Context context) {
            return broken();
        }

        @Override
        public Instant serverTime(Context context) {
            return broken();
        }

        @Override
        public boolean recognises(Context context) {
            return broken();
        }

        @Override
        public String catalogueCode(Context context) {
            return broken();
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatThrowsCostsItsOwnAnswerOnly(Supplier<? extends Throwable> fault) {
        DecisionPipeline pipeline = new DecisionPipeline(
                "test/service", List.of(), new Broken(fault), Tables.of("busy|-|503|Busy|-|retry|throttled|-|no"));

        assertThat(pipeline.decide(BUSY, null).error()).isEqualTo(ServiceError.none());
        assertThat(pipeline.inspect(BUSY, null)).isEmpty();
        assertThat(pipeline.serverTime(BUSY)).isNull();
        assertThat(pipeline.recognises(BUSY)).isFalse();
        Decision decision = pipeline.decided(BUSY.about(ServiceError.of("Busy", null)), null);
        assertThat(decision.rule()).isEqualTo("test/service/busy");
        assertThat(decision.retryAfter()).isEmpty();
    }

    @Test
    void nothingIsNoError() {
        DecisionPipeline pipeline =
                new DecisionPipeline("test/service", List.of(), Dialects.error(answer -> null), Tables.of());
        assertThat(pipeline.decide(BUSY, null).error()).isEqualTo(ServiceError.none());
    }

    @Test
    void aSoundDialectIsHeard() {
        DecisionPipeline pipeline =
                new DecisionPipeline("test/service", List.of(), ErrorDialect.standard(), Tables.of());
        assertThat(pipeline.decide(BUSY, null).error().code()).isEqualTo("Busy");
        assertThat(pipeline.decided(BUSY.about(ServiceError.none()), null).retryAfter())
                .contains(Duration.ofSeconds(7));
    }
}
