package dev.holdfast.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.TestService;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is no document may be a token, so no message has it. The error keeps it, for the caller who asks. */
class PlainTextNotShownTest {
    @ParameterizedTest
    @ValueSource(strings = {"access_token=PLANTED&expires_in=1", "PLANTED", "PLANTED and words"})
    void itIsInNoMessageAndNoText(String body) {
        Decision decision =
                TestService.SERVICE.decide(ResponseView.of(400, HeaderFields.of("Content-Type", "text/plain"), body));
        Outcome outcome = TestService.outcome(StopReason.FAILED, TestService.answered(1, 400, decision, Duration.ZERO));
        assertThat(decision.error().message()).contains("PLANTED");
        assertThat(new ServiceException(400, decision, outcome).toString()).doesNotContain("PLANTED");
        assertThat(decision.toString()).doesNotContain("PLANTED");
        assertThat(outcome.toString() + outcome.json() + outcome.table() + outcome.attempts())
                .doesNotContain("PLANTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"message\":\"the disk is full\"}", "<Error><Message>the disk is full</Message></Error>"})
    void aSentenceInADocumentIsShown(String body) {
        Decision decision = TestService.SERVICE.decide(
                ResponseView.of(400, HeaderFields.of("Content-Type", "application/json"), body));
        Outcome outcome = TestService.outcome(StopReason.FAILED, TestService.answered(1, 400, decision, Duration.ZERO));
        assertThat(new ServiceException(400, decision, outcome)).hasMessageContaining("the disk is full");
    }
}
