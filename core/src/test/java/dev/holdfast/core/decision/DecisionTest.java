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
    @EnumSource(Pace.class)
    void aRetryHasAPace(Pace pace) {
        assertThat(decision(Verdict.retry(pace)).pace()).contains(pace);
        assertThat(decision(Verdict.retry(pace)).isRetry()).isTrue();
        assertThatThrownBy(() -> Verdict.retry(null)).hasMessage("pace must not be null");
    }

    @Test
    void nothingElseHasAPaceOrARetryAfter() {
        for (Verdict verdict : List.of(Verdict.fail(), Verdict.reauthenticate(Verdict.Renewal.CLOCK))) {
            Decision decision = decision(verdict);
            assertThat(decision.pace()).isEmpty();
            assertThat(decision.retryAfter()).isEmpty();
            assertThat(decision.isRetry()).isFalse();
        }
    }

    @Test
    void aRetryAfterIsAllThatChanges() {
        Decision decision = decision(Verdict.retry(Pace.THROTTLE));
        Decision hinted = decision.withVerdict(Verdict.retry(Pace.THROTTLE, Duration.ofSeconds(3)));
        assertThat(decision.retryAfter()).isEmpty();
        assertThat(hinted.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(hinted).usingRecursiveComparison().ignoringFields("verdict").isEqualTo(decision);
        assertThat(hinted.withVerdict(Verdict.retry(Pace.THROTTLE, null))).isEqualTo(decision);
        assertThat(decision.withVerdict(Verdict.retry(Pace.THROTTLE))).isSameAs(decision);
    }

    @Test
    void aRetryAfterIsNeverNegative() {
        assertThat(Verdict.retry(Pace.STARTUP, Duration.ZERO).after()).contains(Duration.ZERO);
        assertThatThrownBy(() -> Verdict.retry(Pace.STARTUP, Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("after must not be negative, but is PT-0.000000001S");
    }

    @Test
    void retriesAskForTheSameAtAnyPace() {
        Verdict quick = Verdict.retry(Pace.TRANSIENT);
        Verdict clock = Verdict.reauthenticate(Verdict.Renewal.CLOCK);
        assertThat(quick.asksTheSameAs(Verdict.retry(Pace.STARTUP, Duration.ofSeconds(1))))
                .isTrue();
        assertThat(quick.asksTheSameAs(Verdict.fail())).isFalse();
        assertThat(Verdict.fail().asksTheSameAs(Verdict.fail())).isTrue();
        assertThat(Verdict.fail().asksTheSameAs(quick)).isFalse();
        assertThat(clock.asksTheSameAs(Verdict.reauthenticate(Verdict.Renewal.CLOCK)))
                .isTrue();
        assertThat(clock.asksTheSameAs(Verdict.reauthenticate(Verdict.Renewal.REQUEST)))
                .isFalse();
    }

    @Test
    void whatIsMissingIsNamed() {
        Verdict fail = Verdict.fail();
        Decision decision = decision(fail);
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
        Decision decision = Decision.of(Verdict.retry(Pace.STARTUP), ErrorKind.NOT_READY, "r", "a", "s");
        assertThat(decision.retryAfter()).isEmpty();
        assertThat(decision.processed()).isEqualTo(Processed.UNKNOWN);
        assertThat(decision.error()).isEqualTo(ServiceError.none());
        assertThat(decision.rule()).isEqualTo("r");
        assertThat(decision.advice()).isEqualTo("a");
        assertThat(decision.source()).isEqualTo("s");
    }

    @Test
    void everyPartCountsAndIsShown() {
        Decision one = Decision.of(Verdict.retry(Pace.TRANSIENT), ErrorKind.UNAVAILABLE, "r", "a", "s");
        List<Decision> different = List.of(
                one,
                Decision.of(Verdict.fail(), ErrorKind.UNAVAILABLE, "r", "a", "s"),
                Decision.of(Verdict.retry(Pace.TRANSIENT), ErrorKind.UNREACHABLE, "r", "a", "s"),
                Decision.of(Verdict.retry(Pace.TRANSIENT), ErrorKind.UNAVAILABLE, "r2", "a", "s"),
                Decision.of(Verdict.retry(Pace.TRANSIENT), ErrorKind.UNAVAILABLE, "r", "a2", "s"),
                Decision.of(Verdict.retry(Pace.TRANSIENT), ErrorKind.UNAVAILABLE, "r", "a", "s2"),
                one.withVerdict(Verdict.retry(Pace.MAINTENANCE)),
                one.withVerdict(Verdict.retry(Pace.TRANSIENT, Duration.ofSeconds(3))),
                one.withProcessed(Processed.NO),
                one.withError(ServiceError.of("A", "m")));
        assertThat(different).doesNotHaveDuplicates();
        Decision same = Decision.of(Verdict.retry(Pace.TRANSIENT), ErrorKind.UNAVAILABLE, "r", "a", "s");
        assertThat(same).isEqualTo(one).hasSameHashCodeAs(one).isNotEqualTo("r");
        assertThat(one.withVerdict(Verdict.retry(Pace.TRANSIENT, Duration.ofSeconds(3))))
                .hasToString("Decision[verdict=Retry[pace=TRANSIENT, after=Optional[PT3S]], kind=UNAVAILABLE, "
                        + "processed=UNKNOWN, rule=r, advice=a, source=s, error=" + ServiceError.none() + "]");
    }

    @Test
    void namesInDataAreLowerCase() {
        assertThat(Verdict.retry(Pace.TRANSIENT).id()).isEqualTo("retry");
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

    private static Decision decision(Verdict verdict) {
        return Decision.of(verdict, ErrorKind.UNAVAILABLE, "rule", "advice", "source");
    }
}
