package dev.holdfast.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.holdfast.core.policy.RetrySafety;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallOptionsTest {
    private static final RequestRebuild REBUILD = (draft, attempt) -> draft.setHeader("X-Attempt", "" + attempt);

    @Test
    void withoutAnyTheServicesOwnSettingsCount() {
        CallOptions none = CallOptions.none();
        assertThat(none.retrySafety()).isNull();
        assertThat(none.deadline()).isNull();
        assertThat(none.quiet()).isFalse();
        assertThat(none.rebuild()).isNull();
    }

    @Test
    void eachOptionKeepsTheOthers() {
        CallOptions none = CallOptions.none();
        CallOptions all = none.quietly()
                .withRebuild(REBUILD)
                .withReplay(RetrySafety.NEVER)
                .withDeadline(Duration.ofSeconds(3));
        assertThat(all.retrySafety()).isEqualTo(RetrySafety.NEVER);
        assertThat(all.deadline()).isEqualTo(Duration.ofSeconds(3));
        assertThat(all.quiet()).isTrue();
        assertThat(all.rebuild()).isSameAs(REBUILD);
        assertThat(none.withReplay(RetrySafety.NEVER)
                        .withDeadline(Duration.ofSeconds(3))
                        .quietly()
                        .withRebuild(REBUILD))
                .isEqualTo(all);
        assertThat(none.withRebuild(REBUILD)
                        .quietly()
                        .withDeadline(Duration.ofSeconds(3))
                        .withReplay(RetrySafety.NEVER))
                .isEqualTo(all);
        assertThat(none.retrySafety()).isNull();
        assertThat(none.deadline()).isNull();
        assertThat(none.quiet()).isFalse();
    }

    @Test
    void aDeadlineThatIsNoneIsRefusedWithASentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.none().withDeadline(Duration.ZERO))
                .withMessage("deadline must be above zero, but is PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.none().withDeadline(Duration.ofNanos(-1)))
                .withMessage("deadline must be above zero, but is PT-0.000000001S");
    }

    @Test
    void whatIsMissingIsNamed() {
        CallOptions none = CallOptions.none();
        assertThatNullPointerException()
                .isThrownBy(() -> none.withReplay(null))
                .withMessage("retrySafety must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> none.withDeadline(null))
                .withMessage("deadline must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> none.withRebuild(null))
                .withMessage("rebuild must not be null");
    }
}
