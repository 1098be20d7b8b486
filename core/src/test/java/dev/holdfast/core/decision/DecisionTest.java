package dev.holdfast.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.response.ServiceError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTest {

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void aRetryHasThePaceOfItsKindUnlessItSaysOtherwise(ErrorKind kind) {
        assertThat(decision(Verdict.retry(), kind, null).pace()).isEqualTo(kind.pace());
        assertThat(decision(Verdict.retry(), kind, Pace.MAINTENANCE).pace()).isEqualTo(Pace.MAINTENANCE);
    }

    @Test
    void nothingElseHasAPace() {
        assertThat(decision(Verdict.fail(), ErrorKind.THROTTLED, Pace.THROTTLE).pace())
                .isNull();
        Verdict renew = Verdict.reauthenticate(Verdict.Renewal.CLOCK);
        assertThat(decision(renew, ErrorKind.EXPIRED, Pace.TRANSIENT).pace()).isNull();
        assertThat(decision(renew, ErrorKind.EXPIRED, null).isRetry()).isFalse();
    }

    @Test
    void aHintIsAllThatChanges() {
        Decision decision = decision(Verdict.retry(), ErrorKind.THROTTLED, null);
        Decision hinted = decision.withRetryAfter(Duration.ofSeconds(3));
        assertThat(hinted.retryAfter()).hasSeconds(3);
        assertThat(hinted)
                .usingRecursiveComparison()
                .ignoringFields("retryAfter")
                .isEqualTo(decision);
        assertThat(hinted.withRetryAfter(null)).isEqualTo(decision);
        assertThat(decision.withRetryAfter(null)).isSameAs(decision);
    }

    @Test
    void whatIsMissingIsNamed() {
        Verdict fail = Verdict.fail();
        Decision decision = decision(fail, ErrorKind.UNKNOWN, null);
        assertThatThrownBy(() -> Decision.of(null, ErrorKind.UNKNOWN, "r", "a", "s"))
                .hasMessage("verdict must not be null");
        assertThatThrownBy(() -> Decision.of(fail, null, "r", "a", "s")).hasMessage("kind must not be null");
        assertThatThrownBy(() -> decision.withProcessed(null)).hasMessage("processed must not be null");
        assertThatThrownBy(() -> Decision.of(fail, ErrorKind.UNKNOWN, null, "a", "s"))
                .hasMessage("rule must not be null");
        assertThatThrownBy(() -> Decision.of(fail, ErrorKind.UNKNOWN, "r", null, "s"))
                .hasMessage("advice must not be null");
        assertThatThrownBy(() -> Decision.of(fail, ErrorKind.UNKNOWN, "r", "a", null))
                .hasMessage("source must not be null");
        assertThatThrownBy(() -> decision.withError(null)).hasMessage("error must not be null");
    }

    @Test
    void whatAFactoryDoesNotAskForIsUnknown() {
        Decision decision = Decision.of(Verdict.retry(), ErrorKind.NOT_READY, "r", "a", "s");
        assertThat(decision.retryAfter()).isNull();
        assertThat(decision.processed()).isEqualTo(Processed.UNKNOWN);
        assertThat(decision.error()).isEqualTo(ServiceError.none());
        assertThat(decision.rule()).isEqualTo("r");
        assertThat(decision.advice()).isEqualTo("a");
        assertThat(decision.source()).isEqualTo("s");
    }

    @Test
    void everyPartCountsAndIsShown() {
        Decision one = Decision.of(Verdict.retry(), ErrorKind.UNAVAILABLE, "r", "a", "s");
        List<Decision> different = List.of(
                one,
                Decision.of(Verdict.fail(), ErrorKind.UNAVAILABLE, "r", "a", "s"),
                Decision.of(Verdict.retry(), ErrorKind.UNREACHABLE, "r", "a", "s"),
                Decision.of(Verdict.retry(), ErrorKind.UNAVAILABLE, "r2", "a", "s"),
                Decision.of(Verdict.retry(), ErrorKind.UNAVAILABLE, "r", "a2", "s"),
                Decision.of(Verdict.retry(), ErrorKind.UNAVAILABLE, "r", "a", "s2"),
                one.withPace(Pace.MAINTENANCE),
                one.withRetryAfter(Duration.ofSeconds(3)),
                one.withProcessed(Processed.NO),
                one.withError(ServiceError.of("A", "m")));
        assertThat(different).doesNotHaveDuplicates();
        Decision same = Decision.of(Verdict.retry(), ErrorKind.UNAVAILABLE, "r", "a", "s");
        assertThat(same).isEqualTo(one).hasSameHashCodeAs(one).isNotEqualTo("r");
        assertThat(one.withRetryAfter(Duration.ofSeconds(3)))
                .hasToString("Decision[verdict=Retry[], kind=UNAVAILABLE, pace=TRANSIENT, retryAfter=PT3S, "
                        + "processed=UNKNOWN, rule=r, advice=a, source=s, error=" + ServiceError.none() + "]");
    }

    @Test
    void namesInDataAreLowerCase() {
        assertThat(Verdict.retry().id()).isEqualTo("retry");
        assertThat(Verdict.fail().id()).isEqualTo("fail");
        assertThat(Verdict.reauthenticate(Verdict.Renewal.REQUEST).id()).isEqualTo("reauthenticate");
        assertThat(ErrorKind.NOT_READY.id()).isEqualTo("not_ready");
        assertThat(Pace.STARTUP.id()).isEqualTo("startup");
    }

    @Test
    void patienceBoundsTheSlowPaces() {
        assertThat(Pace.TRANSIENT.boundedByPatience()).isFalse();
        assertThat(Pace.THROTTLE.boundedByPatience()).isFalse();
        assertThat(Pace.STARTUP.boundedByPatience()).isTrue();
        assertThat(Pace.MAINTENANCE.boundedByPatience()).isTrue();
    }

    private static Decision decision(Verdict verdict, ErrorKind kind, Pace pace) {
        return Decision.of(verdict, kind, "rule", "advice", "source").withPace(pace);
    }
}
