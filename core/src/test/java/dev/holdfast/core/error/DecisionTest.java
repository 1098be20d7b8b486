package dev.holdfast.core.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTest {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aRetryHasThePaceOfItsKindUnlessItSaysOtherwise(Kind kind) {
        assertThat(decision(Verdict.retry(), kind, null).pace()).isEqualTo(kind.pace());
        assertThat(decision(Verdict.retry(), kind, Pace.MAINTENANCE).pace()).isEqualTo(Pace.MAINTENANCE);
    }

    @Test
    void nothingElseHasAPace() {
        assertThat(decision(Verdict.fail(), Kind.THROTTLED, Pace.THROTTLE).pace())
                .isNull();
        Verdict renew = Verdict.reauthenticate(Verdict.Renewal.CLOCK);
        assertThat(decision(renew, Kind.EXPIRED, Pace.TRANSIENT).pace()).isNull();
        assertThat(decision(renew, Kind.EXPIRED, null).isRetry()).isFalse();
    }

    @Test
    void aHintIsAllThatChanges() {
        Decision decision = decision(Verdict.retry(), Kind.THROTTLED, null);
        Decision hinted = decision.withHint(Duration.ofSeconds(3));
        assertThat(hinted.hint()).hasSeconds(3);
        assertThat(hinted).usingRecursiveComparison().ignoringFields("hint").isEqualTo(decision);
        assertThat(hinted.withHint(null)).isEqualTo(decision);
        assertThat(decision.withHint(null)).isSameAs(decision);
    }

    @Test
    void whatIsMissingIsNamed() {
        ServiceError none = ServiceError.none();
        Verdict fail = Verdict.fail();
        DidNothing no = DidNothing.NO;
        assertThatThrownBy(() -> new Decision(null, Kind.UNKNOWN, null, null, no, "r", "a", "s", none))
                .hasMessage("verdict must not be null");
        assertThatThrownBy(() -> new Decision(fail, null, null, null, no, "r", "a", "s", none))
                .hasMessage("kind must not be null");
        assertThatThrownBy(() -> new Decision(fail, Kind.UNKNOWN, null, null, null, "r", "a", "s", none))
                .hasMessage("didNothing must not be null");
        assertThatThrownBy(() -> new Decision(fail, Kind.UNKNOWN, null, null, no, null, "a", "s", none))
                .hasMessage("rule must not be null");
        assertThatThrownBy(() -> new Decision(fail, Kind.UNKNOWN, null, null, no, "r", null, "s", none))
                .hasMessage("advice must not be null");
        assertThatThrownBy(() -> new Decision(fail, Kind.UNKNOWN, null, null, no, "r", "a", null, none))
                .hasMessage("source must not be null");
        assertThatThrownBy(() -> new Decision(fail, Kind.UNKNOWN, null, null, no, "r", "a", "s", null))
                .hasMessage("error must not be null");
    }

    @Test
    void namesInDataAreLowerCase() {
        assertThat(Verdict.retry().id()).isEqualTo("retry");
        assertThat(Verdict.fail().id()).isEqualTo("fail");
        assertThat(Verdict.reauthenticate(Verdict.Renewal.REQUEST).id()).isEqualTo("reauthenticate");
        assertThat(Kind.NOT_READY.id()).isEqualTo("not_ready");
        assertThat(Pace.STARTUP.id()).isEqualTo("startup");
    }

    @Test
    void patienceBoundsTheSlowPaces() {
        assertThat(Pace.TRANSIENT.boundedByPatience()).isFalse();
        assertThat(Pace.THROTTLE.boundedByPatience()).isFalse();
        assertThat(Pace.STARTUP.boundedByPatience()).isTrue();
        assertThat(Pace.MAINTENANCE.boundedByPatience()).isTrue();
    }

    private static Decision decision(Verdict verdict, Kind kind, Pace pace) {
        return new Decision(
                verdict, kind, pace, null, DidNothing.UNKNOWN, "rule", "advice", "source", ServiceError.none());
    }
}
