package dev.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static final Service CLOUD = Service.builder("some/cloud")
            .baseUrl("http://127.0.0.1")
            .operation(Operation.named("instance").path("/metadata/instance"))
            .catalogue(Catalogue.of("some/cloud", """
                    id	operation	status	code	message	verdict	kind	pace	processed	advice	source
                    updating	-	410	-	-	retry	updating	maintenance	no	Wait.	docs (2026)
                    """))
            .build();

    @Test
    void aSuccess() {
        Outcome outcome = Outcomes.succeeded(CLOUD, 200);
        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.service()).isEqualTo("some/cloud");
        assertThat(outcome.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(200));
    }

    @Test
    void aFailureIsReadByTheService() {
        Outcome outcome =
                Outcomes.failed(CLOUD, 400, "{\"code\":\"invalid_request\",\"message\":\"Identity not found\"}");
        assertThat(outcome.reason()).isEqualTo(StopReason.FAILED);
        assertThat(outcome.decision().error().code()).isEqualTo("invalid_request");
        assertThat(outcome.decision().error().message()).isEqualTo("Identity not found");
    }

    @Test
    void aRetryEndedByAttemptsOrByPatience() {
        Outcome throttled = Outcomes.failed(CLOUD, 429, "{\"message\":\"Too many requests\"}");
        assertThat(throttled.decision().kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(throttled.reason()).isEqualTo(StopReason.ATTEMPTS);
        Outcome updating = Outcomes.failed(
                CLOUD, ResponseView.of(410, HeaderFields.empty(), ""), RequestView.of("GET", "/metadata/instance"));
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
        ServiceException thrown = Outcomes.exception(CLOUD, 404, "{\"message\":\"Not found\"}");
        assertThat(thrown.status()).isEqualTo(404);
        assertThat(thrown.decision()).isSameAs(thrown.outcome().decision());
        assertThat(Outcome.of(thrown)).isSameAs(thrown.outcome());
        assertThat(thrown).hasMessageContaining("Not found");
    }

    @Test
    void anExceptionOfTheClientCarriesItsOutcome() {
        ConnectException thrown = new ConnectException("refused");
        assertThat(Outcomes.fault(CLOUD, thrown)).isSameAs(thrown);
        Outcome outcome = Outcome.of(thrown);
        assertThat(outcome.decision().kind()).isEqualTo(ErrorKind.UNREACHABLE);
        assertThat(outcome.attempts().get(0).fault()).isEqualTo("ConnectException");
    }

    @Test
    void refusesAStatusThatContradicts() {
        assertThatThrownBy(() -> Outcomes.succeeded(CLOUD, 404)).hasMessageContaining("404");
        assertThatThrownBy(() -> Outcomes.failed(CLOUD, 204, "")).hasMessageContaining("204");
        assertThatThrownBy(() -> Outcomes.exception(CLOUD, 200, "")).hasMessageContaining("200");
    }
}
