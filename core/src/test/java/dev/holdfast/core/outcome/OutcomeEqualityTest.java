package dev.holdfast.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.policy.RetrySafety;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Outcomes, their attempts and the options of a call are values: equal parts make them equal, and every part counts. */
class OutcomeEqualityTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Decision LATER = Decision.of(
            Verdict.retry(Pace.MAINTENANCE), ErrorKind.UPDATING, "rule", "Wait until it is updated.", "source");

    @Test
    void everyPartOfAnOutcomeCounts() {
        Outcome one = Outcome.of("a/b", "read", StopReason.PATIENCE);
        Outcome attempted = one.withAttempts(List.of(Attempt.answered(1, Duration.ZERO, SECOND, 410)));
        assertThat(List.of(
                        one,
                        Outcome.of("a/c", "read", StopReason.PATIENCE),
                        Outcome.of("a/b", "write", StopReason.PATIENCE),
                        Outcome.of("a/b", "read", StopReason.DEADLINE),
                        one.withTotal(SECOND),
                        attempted))
                .doesNotHaveDuplicates();
        Outcome same = Outcome.of("a/b", "read", StopReason.PATIENCE);
        assertThat(same).isEqualTo(one).hasSameHashCodeAs(one).isNotEqualTo("a/b");
        assertThat(attempted.withTotal(SECOND).withAttempts(List.of()).withTotal(Duration.ZERO))
                .isEqualTo(one);
    }

    @Test
    void anOutcomeWithoutAttemptsHasNoDecision() {
        Outcome none = Outcome.of("a/b", "read", StopReason.NO_CREDENTIAL);
        assertThat(none.attempts()).isEmpty();
        assertThat(none.decision()).isNull();
        assertThat(none.total()).isZero();
        assertThat(none)
                .hasToString(
                        "a/b read: gave up (no_credential) after 0 attempts in 0 ms [] There is no credential to go on with.");
    }

    @Test
    void theAttemptsAreCopied() {
        List<Attempt> attempts = new ArrayList<>(List.of(Attempt.answered(1, Duration.ZERO, SECOND, 200)));
        Outcome outcome = Outcome.of("a/b", "read", StopReason.SUCCEEDED).withAttempts(attempts);
        attempts.clear();
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(outcome.withTotal(SECOND)).isEqualTo(Outcome.cleanSuccess("a/b", "read", 200, SECOND));
    }

    @Test
    void whatAnOutcomeMissesIsNamed() {
        assertThatThrownBy(() -> Outcome.of(null, "read", StopReason.FAILED)).hasMessage("service must not be null");
        assertThatThrownBy(() -> Outcome.of("a/b", null, StopReason.FAILED)).hasMessage("operation must not be null");
        assertThatThrownBy(() -> Outcome.of("a/b", "read", null)).hasMessage("reason must not be null");
        Outcome outcome = Outcome.of("a/b", "read", StopReason.FAILED);
        assertThatThrownBy(() -> outcome.withTotal(null)).hasMessage("total must not be null");
    }

    @Test
    void everyPartOfAnAttemptCountsAndIsShown() {
        Attempt one = Attempt.answered(1, Duration.ZERO, SECOND, 410);
        assertThat(List.of(
                        one,
                        Attempt.answered(2, Duration.ZERO, SECOND, 410),
                        Attempt.answered(1, Duration.ZERO, SECOND.plusNanos(1), 410),
                        Attempt.answered(1, Duration.ZERO, SECOND, 200),
                        Attempt.unanswered(1, Duration.ZERO, SECOND, null),
                        Attempt.unanswered(1, Duration.ZERO, SECOND, "ConnectException"),
                        one.withStartedAfter(SECOND),
                        one.withDecision(LATER),
                        one.withPause(SECOND)))
                .doesNotHaveDuplicates();
        Attempt same = one.withPause(SECOND)
                .withStartedAfter(SECOND)
                .withDecision(LATER)
                .withDecision(null)
                .withStartedAfter(Duration.ZERO)
                .withPause(Duration.ZERO);
        assertThat(same).isEqualTo(one).hasSameHashCodeAs(one).isNotEqualTo(410);
        assertThat(one.withPause(SECOND))
                .hasToString("Attempt[number=1, startedAfter=PT0S, took=PT1S, status=410, fault=null, decision=null, "
                        + "pause=PT1S]");
    }

    @Test
    void anAnswerIsASuccessUntilADecisionSaysOtherwise() {
        Attempt answered = Attempt.answered(1, Duration.ZERO, SECOND, 200);
        assertThat(answered.succeeded()).isTrue();
        assertThat(answered.withDecision(LATER).succeeded()).isFalse();
        assertThat(Attempt.unanswered(1, Duration.ZERO, SECOND, null).succeeded())
                .isFalse();
    }

    @Test
    void whatAnAttemptMissesIsNamed() {
        assertThatThrownBy(() -> Attempt.answered(1, null, SECOND, 200)).hasMessage("startedAfter must not be null");
        assertThatThrownBy(() -> Attempt.answered(1, SECOND, null, 200)).hasMessage("took must not be null");
        Attempt attempt = Attempt.answered(1, SECOND, SECOND, 200);
        assertThatThrownBy(() -> attempt.withPause(null)).hasMessage("pause must not be null");
    }

    @Test
    void everyPartOfTheOptionsCountsAndIsShown() {
        RequestRebuild hook = (draft, attempt) -> {};
        CallOptions none = CallOptions.none();
        assertThat(List.of(
                        none,
                        none.withReplay(RetrySafety.ALWAYS),
                        none.withDeadline(SECOND),
                        none.quietly(),
                        none.withRebuild(hook)))
                .doesNotHaveDuplicates();
        CallOptions all = none.withReplay(RetrySafety.ALWAYS)
                .withDeadline(SECOND)
                .quietly()
                .withRebuild(hook);
        CallOptions inAnotherOrder =
                none.withRebuild(hook).quietly().withDeadline(SECOND).withReplay(RetrySafety.ALWAYS);
        assertThat(inAnotherOrder).isEqualTo(all).hasSameHashCodeAs(all).isNotEqualTo("");
        assertThat(none.withDeadline(SECOND).quietly())
                .hasToString("CallOptions[replay=null, deadline=PT1S, quiet=true, rebuild=null]");
        assertThatThrownBy(() -> none.withDeadline(Duration.ZERO))
                .hasMessage("deadline must be above zero, but is PT0S");
    }
}
