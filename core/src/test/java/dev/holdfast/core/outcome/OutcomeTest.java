package dev.holdfast.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.internal.outcome.OutcomeSuppressed;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.TestService;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Decision BUSY = TestService.SERVICE.decide(ResponseView.of(429));
    private static final Decision BAD = TestService.SERVICE.decide(ResponseView.of(400));
    private static final Outcome FAILED = TestService.outcome(
            StopReason.FAILED,
            TestService.answered(1, 429, BUSY, Duration.ofSeconds(2)),
            TestService.answered(2, 400, BAD, Duration.ZERO));

    @Test
    void itsDecisionIsTheLastAttempts() {
        assertThat(FAILED.decision()).isSameAs(BAD);
        assertThat(FAILED.succeeded()).isFalse();
        assertThat(TestService.outcome(StopReason.CANCELLED).decision()).isNull();
    }

    @Test
    void aCleanSuccessIsOneAttemptWithoutADecision() {
        Outcome outcome = Outcome.cleanSuccess("test/plain", "token", 204, Duration.ofMillis(7));
        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.decision()).isNull();
        assertThat(outcome.total()).isEqualTo(Duration.ofMillis(7));
        assertThat(outcome.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.number()).isOne();
            assertThat(attempt.status()).isEqualTo(204);
            assertThat(attempt.took()).isEqualTo(Duration.ofMillis(7));
            assertThat(attempt.succeeded()).isTrue();
        });
    }

    @Test
    void itIsFoundOnAServiceExceptionAndOnAnyExceptionThatCarriesIt() {
        ServiceException thrown = new ServiceException(400, BAD, FAILED);
        assertThat(Outcome.of(thrown)).isSameAs(FAILED);
        assertThat(Outcome.of(new IllegalStateException(new IOException(thrown))))
                .isSameAs(FAILED);
        IOException clients = new IOException("reset");
        OutcomeSuppressed.attach(clients, FAILED);
        assertThat(Outcome.of(clients)).isSameAs(FAILED);
        assertThat(Outcome.of(new IllegalStateException(clients))).isSameAs(FAILED);
        assertThat(Outcome.of(new IOException("another"))).isNull();
    }

    @Test
    void causesThatFormACircleEndTheSearch() {
        IOException one = new IOException("one");
        IOException other = new IOException("other", one);
        one.initCause(other);
        assertThat(Outcome.of(one)).isNull();
    }

    @Test
    void theLastOutcomeOnAnExceptionCounts() {
        IOException thrown = new IOException("reset");
        OutcomeSuppressed.attach(thrown, TestService.outcome(StopReason.CANCELLED));
        OutcomeSuppressed.attach(thrown, FAILED);
        assertThat(Outcome.of(thrown)).isSameAs(FAILED);
        assertThat(List.of(thrown.getSuppressed())).last().satisfies(history -> {
            assertThat(history).hasMessage(FAILED.toString());
            assertThat(history.getStackTrace()).isEmpty();
        });
    }

    @Test
    void itsAttemptsAreItsOwn() {
        List<Attempt> attempts = new ArrayList<>(FAILED.attempts());
        Outcome outcome = Outcome.of("test/plain", "token", StopReason.FAILED).withAttempts(attempts);
        attempts.clear();
        assertThat(outcome.attempts()).hasSize(2).isUnmodifiable();
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> Outcome.of(null, "o", StopReason.FAILED))
                .withMessage("service must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> Outcome.of("s", null, StopReason.FAILED))
                .withMessage("operation must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> Outcome.of("s", "o", null))
                .withMessage("reason must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> Outcome.of("s", "o", StopReason.FAILED).withTotal(null))
                .withMessage("total must not be null");
    }

    @Test
    void anAttemptTellsWhetherItSucceeded() {
        assertThat(TestService.answered(1, 200, null, Duration.ZERO).succeeded())
                .isTrue();
        assertThat(TestService.answered(1, 200, BUSY, Duration.ZERO).succeeded())
                .isFalse();
        Attempt broken = Attempt.unanswered(1, Duration.ZERO, Duration.ZERO, "IOException");
        assertThat(broken.succeeded()).isFalse();
    }

    @Test
    void anAttemptWithAnotherPauseIsOtherwiseTheSame() {
        Attempt attempt = TestService.answered(3, 429, BUSY, Duration.ZERO);
        Attempt paused = attempt.withPause(Duration.ofSeconds(4));
        assertThat(paused.pause()).isEqualTo(Duration.ofSeconds(4));
        assertThat(paused.withPause(Duration.ZERO)).isEqualTo(attempt);
    }

    @Test
    void anAttemptWithoutATimeIsRefused() {
        Duration none = Duration.ZERO;
        assertThatNullPointerException()
                .isThrownBy(() -> Attempt.answered(1, null, none, 200))
                .withMessage("startedAfter must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> Attempt.answered(1, none, null, 200))
                .withMessage("took must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> Attempt.answered(1, none, none, 200).withPause(null))
                .withMessage("pause must not be null");
    }
}
