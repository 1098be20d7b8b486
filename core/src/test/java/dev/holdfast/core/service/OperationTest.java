package dev.holdfast.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.RequestView;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationTest {
    private static boolean matches(Operation.Builder operation, String method, String target) {
        return operation.build().matches(RequestView.of(method, target));
    }

    @Test
    void oneWithoutConditionsMatchesEverything() {
        assertThat(matches(Operation.named("any"), "PATCH", "/x?y=1")).isTrue();
    }

    @Test
    void itsMethodsAreThoseNamedInAnyCaseOfTheRequest() {
        Operation.Builder operation = Operation.named("write").methods("POST", "PUT");
        assertThat(matches(operation, "POST", "/")).isTrue();
        assertThat(matches(operation, "put", "/")).isTrue();
        assertThat(matches(operation, "GET", "/")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/meta/token, true",
        "/meta/token/, true",
        "/meta/token/deep?x=1, true",
        "/META/Token, true",
        "/meta/tokens, false",
        "/meta/toke, false",
        "/other/meta/token, false",
        "/, false"
    })
    void aPathMatchesItselfAndWhatIsBelow(String target, boolean expected) {
        assertThat(matches(Operation.named("token").path("/meta/token"), "GET", target))
                .isEqualTo(expected);
    }

    @Test
    void aConditionMayReadTheQuery() {
        Operation.Builder operation =
                Operation.named("describe").when(request -> "Describe".equals(request.parameter("Action")));
        assertThat(matches(operation, "GET", "/?Action=Describe&x=1")).isTrue();
        assertThat(matches(operation, "GET", "/?Action=Delete")).isFalse();
        assertThat(matches(operation, "GET", "/")).isFalse();
    }

    @Test
    void allConditionsMustHold() {
        Operation.Builder operation =
                Operation.named("delete").methods("DELETE").path("/jobs");
        assertThat(matches(operation, "DELETE", "/jobs/1")).isTrue();
        assertThat(matches(operation, "GET", "/jobs/1")).isFalse();
        assertThat(matches(operation, "DELETE", "/other")).isFalse();
    }

    @Test
    void withoutMoreItIsRepeatedIfRefusedInTheDefaultCategory() {
        Operation operation = Operation.named("a").build();
        assertThat(operation.retrySafety()).isEqualTo(RetrySafety.IF_NOT_PROCESSED);
        assertThat(operation.category()).isEqualTo("default");
        assertThat(operation.attemptTimeout()).isNull();
        assertThat(operation.inspectSuccess()).isFalse();
        assertThat(operation.withoutCredentials()).isFalse();
        assertThat(operation).hasToString("Operation[a, IF_NOT_PROCESSED]");
    }

    @Test
    void itKeepsWhatItIsTold() {
        Operation operation = Operation.named("a")
                .retrySafety(RetrySafety.NEVER)
                .category("write")
                .attemptTimeout(Duration.ofSeconds(3))
                .inspectSuccess()
                .withoutCredentials()
                .build();
        assertThat(operation.id()).isEqualTo("a");
        assertThat(operation.retrySafety()).isEqualTo(RetrySafety.NEVER);
        assertThat(operation.category()).isEqualTo("write");
        assertThat(operation.attemptTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(operation.inspectSuccess()).isTrue();
        assertThat(operation.withoutCredentials()).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "Upper", "two words", "a,b", "tab\tin"})
    void anIdThatIsNoWordIsRefused(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Operation.named(id))
                .withMessage("id must be lower case without blanks and commas, but is \"" + id + "\"");
    }

    @Test
    void otherSettingsThatCannotBeAreRefused() {
        Operation.Builder operation = Operation.named("a");
        for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> operation.attemptTimeout(wrong))
                    .withMessage("attemptTimeout must be above zero, but is " + wrong);
        }
        assertThatNullPointerException()
                .isThrownBy(() -> operation.retrySafety(null))
                .withMessage("retrySafety must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> operation.category(null))
                .withMessage("category must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> operation.when(null))
                .withMessage("condition must not be null");
    }
}
