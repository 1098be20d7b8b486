package dev.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static final Service IMDS = AzureImds.SERVICE;

    @Test
    void aSuccess() {
        Outcome outcome = Outcomes.succeeded(IMDS, 200);
        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.service()).isEqualTo("azure/imds");
        assertThat(outcome.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(200));
    }

    @Test
    void aFailureIsReadByTheService() {
        Outcome outcome = Outcomes.failed(
                IMDS, 400, "{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}");
        assertThat(outcome.reason()).isEqualTo(StopReason.FAILED);
        assertThat(outcome.decision().error().code()).isEqualTo("invalid_request");
        assertThat(outcome.decision().error().message()).isEqualTo("Identity not found");
    }

    @Test
    void aRetryEndedByAttemptsOrByPatience() {
        Outcome throttled = Outcomes.failed(IMDS, 429, "{\"error\":\"Too many requests\"}");
        assertThat(throttled.decision().kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(throttled.reason()).isEqualTo(StopReason.ATTEMPTS);
        Outcome updating = Outcomes.failed(
                IMDS,
                ResponseView.of(410, HeaderFields.of("Server", "IMDS/150.870.65.1854"), "{\"error\":\"Gone\"}"),
                RequestView.of("GET", "/metadata/instance"));
        assertThat(updating.decision().kind()).isEqualTo(ErrorKind.UPDATING);
        assertThat(updating.operation()).isEqualTo("instance");
        assertThat(updating.reason()).isEqualTo(StopReason.PATIENCE);
    }

    @Test
    void whatWouldHaveToBeRenewed() {
        Service plain =
                Service.builder("test/plain").baseUrl("http://127.0.0.1").build();
        assertThat(Outcomes.failed(plain, 401, "").reason()).isEqualTo(StopReason.NO_CREDENTIAL);
    }

    @Test
    void aServiceException() {
        ServiceException thrown = Outcomes.exception(IMDS, 404, "{\"error\":\"Not found\"}");
        assertThat(thrown.status()).isEqualTo(404);
        assertThat(thrown.decision()).isSameAs(thrown.outcome().decision());
        assertThat(Outcome.of(thrown)).isSameAs(thrown.outcome());
        assertThat(thrown).hasMessageContaining("Not found");
    }

    @Test
    void anExceptionOfTheClientCarriesItsOutcome() {
        ConnectException thrown = new ConnectException("refused");
        assertThat(Outcomes.fault(IMDS, thrown)).isSameAs(thrown);
        Outcome outcome = Outcome.of(thrown);
        assertThat(outcome.decision().kind()).isEqualTo(ErrorKind.UNREACHABLE);
        assertThat(outcome.attempts().get(0).fault()).isEqualTo("ConnectException");
    }

    @Test
    void refusesAStatusThatContradicts() {
        assertThatThrownBy(() -> Outcomes.succeeded(IMDS, 404)).hasMessageContaining("404");
        assertThatThrownBy(() -> Outcomes.failed(IMDS, 204, "")).hasMessageContaining("204");
        assertThatThrownBy(() -> Outcomes.exception(IMDS, 200, "")).hasMessageContaining("200");
    }
}
