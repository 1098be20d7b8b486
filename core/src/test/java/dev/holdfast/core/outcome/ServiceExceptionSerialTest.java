package dev.holdfast.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.outcome.OutcomeSuppressed;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.service.TestService;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an exception knows survives Java serialisation: agents send exceptions from worker processes to the one that reports. */
class ServiceExceptionSerialTest {
    private static <T> T roundTrip(T thrown) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            @SuppressWarnings("unchecked")
            T read = (T) in.readObject();
            return read;
        }
    }

    private static ServiceException thrown() {
        Decision busy = TestService.SERVICE.decide(
                ResponseView.of(
                        429,
                        HeaderFields.of("Retry-After", "2", "x-request-id", "abc-1", "x-trace-id", "t-2"),
                        "{\"code\":\"too_many\",\"message\":\"slow down\"}"),
                RequestView.of("GET", "/token"));
        Decision last = busy.withError(busy.error()
                .withTarget("quota")
                .with(busy.error().requestIds(), Map.of("limit", "5"))
                .withFurther(List.of(new ServiceError.Further("inner", "more", "there"))));
        Outcome outcome = TestService.outcome(
                StopReason.ATTEMPTS,
                TestService.answered(1, 429, busy, Duration.ofSeconds(2)),
                TestService.answered(2, 429, last, Duration.ZERO));
        return new ServiceException(429, last, outcome);
    }

    @Test
    void decisionOutcomeAndErrorAreWholeAfterARoundTrip() throws Exception {
        ServiceException thrown = thrown();
        ServiceException read = roundTrip(thrown);
        assertThat(read).hasMessage(thrown.getMessage());
        assertThat(read.status()).isEqualTo(429);
        assertThat(read.decision()).isEqualTo(thrown.decision());
        assertThat(read.decision().rule()).isEqualTo("test/plain/busy");
        assertThat(read.error()).isEqualTo(thrown.error());
        assertThat(read.error().code()).isEqualTo("too_many");
        assertThat(read.error().requestIds())
                .containsExactly(Map.entry("x-request-id", "abc-1"), Map.entry("x-trace-id", "t-2"));
        assertThat(read.outcome()).isEqualTo(thrown.outcome());
        assertThat(read.outcome()).hasToString(thrown.outcome().toString());
        assertThat(Outcome.of(read)).isSameAs(read.outcome());
        assertThat(Outcome.of(new IllegalStateException(read))).isSameAs(read.outcome());
    }

    @ParameterizedTest
    @EnumSource
    void eachVerdictOfARenewalIsKept(Verdict.Renewal what) throws Exception {
        Decision decision = Decision.of(
                        Verdict.reauthenticate(what), ErrorKind.EXPIRED, "test/plain/expired", "Renew it.", "test")
                .withProcessed(Processed.NO);
        ServiceException read = roundTrip(new ServiceException(
                401,
                decision,
                TestService.outcome(StopReason.REFUSED_AGAIN, TestService.answered(1, 401, decision, Duration.ZERO))));
        assertThat(read.decision().verdict()).isEqualTo(Verdict.reauthenticate(what));
        assertThat(read.error()).isEqualTo(ServiceError.none());
    }

    @Test
    void theOutcomeOnAClientsExceptionIsKeptToo() throws Exception {
        ConnectException refused = new ConnectException("refused");
        Outcome outcome = TestService.outcome(
                StopReason.DEADLINE, Attempt.unanswered(1, Duration.ZERO, Duration.ofMillis(5), "ConnectException"));
        OutcomeSuppressed.attach(refused, outcome);
        ConnectException read = roundTrip(refused);
        assertThat(Outcome.of(read)).isEqualTo(outcome);
    }
}
