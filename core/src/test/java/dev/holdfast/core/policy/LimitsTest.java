package dev.holdfast.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final Limits BOTH =
            Limits.NONE.rate(10, Duration.ofMillis(2_100)).concurrency(4);

    @Test
    void noneLimitsNothing() {
        assertThat(Limits.NONE.interval()).isNull();
        assertThat(Limits.NONE.concurrency()).isZero();
        assertThat(Limits.NONE)
                .hasToString("no rate limit, no concurrency limit, retry budget 10 (0.1 per success, 1.0 per minute)");
    }

    @Test
    void eachSettingKeepsTheOther() {
        assertThat(BOTH.interval()).isEqualTo(Duration.ofMillis(210));
        assertThat(BOTH.concurrency()).isEqualTo(4);
        assertThat(Limits.NONE.concurrency(4).rate(10, Duration.ofMillis(2_100)))
                .isEqualTo(BOTH)
                .hasSameHashCodeAs(BOTH);
        assertThat(BOTH)
                .hasToString("one attempt every PT0.21S, 4 at once, retry budget 10 (0.1 per success, 1.0 per minute)");
    }

    @Test
    void limitsThatDifferAreNotEqual() {
        assertThat(BOTH).isNotEqualTo(BOTH.concurrency(5)).isNotEqualTo(BOTH.rate(1, Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @CsvSource({"0,PT1S", "-1,PT1S", "1,PT0S", "1,PT-1S", "1001,PT1S", "1,PT1H0.000000001S"})
    void aRateOutOfRangeIsRefused(int calls, Duration period) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.NONE.rate(calls, period))
                .withMessageStartingWith("rate must be ")
                .withMessageContaining("but is " + calls + " in " + period);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 10_001})
    void aConcurrencyOutOfRangeIsRefused(int atOnce) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.NONE.concurrency(atOnce))
                .withMessage("concurrency must be 1 to 10000, but is " + atOnce);
    }

    @Test
    void theEndsOfTheRangesAreAllowed() {
        assertThat(Limits.NONE.rate(1000, Duration.ofSeconds(1)).interval()).isEqualTo(Duration.ofMillis(1));
        assertThat(Limits.NONE.rate(1, Duration.ofHours(1)).interval()).isEqualTo(Duration.ofHours(1));
        assertThat(Limits.NONE.concurrency(10_000).concurrency()).isEqualTo(10_000);
    }

    @Test
    void theRetryBudgetIsASettingBesideTheOthers() {
        Limits limits = Limits.NONE
                .retryBudget(3, 0.25, 0.5)
                .rate(1, Duration.ofSeconds(1))
                .concurrency(2);
        assertThat(limits.budgetCapacity()).isEqualTo(3);
        assertThat(limits.budgetPerSuccess()).isEqualTo(0.25);
        assertThat(limits.budgetPerMinute()).isEqualTo(0.5);
        assertThat(limits)
                .isNotEqualTo(Limits.NONE.rate(1, Duration.ofSeconds(1)).concurrency(2))
                .isEqualTo(Limits.NONE
                        .rate(1, Duration.ofSeconds(1))
                        .concurrency(2)
                        .retryBudget(3, 0.25, 0.5))
                .hasToString("one attempt every PT1S, 2 at once, retry budget 3 (0.25 per success, 0.5 per minute)");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, capacity must be 1 to 10000 tokens",
        "10001, 0, 0, capacity must be 1 to 10000 tokens",
        "1, -0.1, 0, perSuccess must be 0 to 1 token",
        "1, 1.1, 0, perSuccess must be 0 to 1 token",
        "1, NaN, 0, perSuccess must be 0 to 1 token",
        "1, 0, -1, perMinute must be 0 to 600 tokens",
        "1, 0, 601, perMinute must be 0 to 600 tokens"
    })
    void aRetryBudgetOutOfRangeIsRefused(int capacity, double perSuccess, double perMinute, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.NONE.retryBudget(capacity, perSuccess, perMinute))
                .withMessageContaining(rule);
    }
}
