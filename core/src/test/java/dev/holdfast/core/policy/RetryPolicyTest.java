package dev.holdfast.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.time.Durations;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** The table in the class's Javadoc. */
    @Test
    void defaults() {
        RetryPolicy policy = RetryPolicy.defaults();
        assertThat(policy.maxAttempts()).isEqualTo(4);
        assertThat(policy.deadline()).hasSeconds(30);
        assertThat(policy.callersDeadline()).isFalse();
        assertThat(policy.attemptTimeout()).hasSeconds(10);
        assertThat(policy.maxRetryAfter()).hasSeconds(60);
        assertThat(policy.backoff(Pace.TRANSIENT))
                .isEqualTo(Backoff.fullJitter(Duration.ofMillis(200), Duration.ofSeconds(20)));
        assertThat(policy.backoff(Pace.THROTTLE)).isEqualTo(Backoff.equalJitter(SECOND, Duration.ofSeconds(20)));
        assertThat(policy.backoff(Pace.STARTUP)).isEqualTo(Backoff.equalJitter(SECOND, Duration.ofSeconds(10)));
        assertThat(policy.backoff(Pace.MAINTENANCE))
                .isEqualTo(Backoff.equalJitter(Duration.ofSeconds(10), Duration.ofSeconds(10)));
        assertThat(policy.patience(Pace.TRANSIENT)).isZero();
        assertThat(policy.patience(Pace.THROTTLE)).isZero();
        assertThat(policy.patience(Pace.STARTUP)).hasSeconds(60);
        assertThat(policy.patience(Pace.MAINTENANCE)).hasSeconds(90);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void toBuilderKeepsWhatIsNotChanged(Consumer<RetryPolicy.Builder> change) {
        RetryPolicy.Builder builder = RetryPolicy.builder();
        changes().forEach(each -> changeOf(each).accept(builder));
        RetryPolicy changed = builder.build();

        assertThat(changed.toBuilder().build()).usingRecursiveComparison().isEqualTo(changed);
        RetryPolicy.Builder one = RetryPolicy.builder();
        change.accept(one);
        assertThat(one.build()).usingRecursiveComparison().isNotEqualTo(RetryPolicy.defaults());
        RetryPolicy.Builder same = changed.toBuilder();
        change.accept(same);
        assertThat(same.build()).usingRecursiveComparison().isEqualTo(changed);
    }

    @SuppressWarnings("unchecked")
    private static Consumer<RetryPolicy.Builder> changeOf(Arguments arguments) {
        return (Consumer<RetryPolicy.Builder>) arguments.get()[0];
    }

    static Stream<Arguments> changes() {
        return Stream.<Consumer<RetryPolicy.Builder>>of(
                        b -> b.maxAttempts(7),
                        b -> b.deadline(Duration.ofSeconds(77)),
                        b -> b.attemptTimeout(Duration.ofSeconds(7)),
                        b -> b.backoff(Pace.TRANSIENT, Backoff.fixed(SECOND)),
                        b -> b.backoff(Pace.THROTTLE, Backoff.fixed(SECOND)),
                        b -> b.backoff(Pace.STARTUP, Backoff.fixed(SECOND)),
                        b -> b.backoff(Pace.MAINTENANCE, Backoff.fixed(SECOND)),
                        b -> b.patience(Pace.STARTUP, SECOND),
                        b -> b.patience(Pace.MAINTENANCE, SECOND),
                        b -> b.maxRetryAfter(SECOND))
                .map(Arguments::of);
    }

    @Test
    void aBuiltPolicyDoesNotChangeWithItsBuilder() {
        RetryPolicy.Builder builder = RetryPolicy.builder();
        RetryPolicy policy = builder.build();
        changes().forEach(each -> changeOf(each).accept(builder));
        assertThat(policy).usingRecursiveComparison().isEqualTo(RetryPolicy.defaults());
    }

    @Test
    void theLastWordOnTheDeadlineCounts() {
        RetryPolicy.Builder builder = RetryPolicy.builder().deadline(SECOND);
        assertThat(builder.build().callersDeadline()).isTrue();
        assertThat(builder.defaultDeadline(SECOND.plusSeconds(1)).build().callersDeadline())
                .isFalse();
        assertThat(builder.build().deadline()).hasSeconds(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 101, Integer.MAX_VALUE})
    void attemptsAreOneToAHundred(int attempts) {
        refused(b -> b.maxAttempts(attempts), "maxAttempts must be 1 to 100, but is " + attempts);
        assertThat(RetryPolicy.builder().maxAttempts(1).build().maxAttempts()).isEqualTo(1);
        assertThat(RetryPolicy.builder().maxAttempts(100).build().maxAttempts()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT876000H0.000000001S"})
    void timesAreAboveZeroAndFinite(Duration time) {
        String rule = " must be above zero and at most PT876000H, but is " + time;
        refused(b -> b.deadline(time), "deadline" + rule);
        refused(b -> b.defaultDeadline(time), "defaultDeadline" + rule);
        refused(b -> b.attemptTimeout(time), "attemptTimeout" + rule);
        assertThat(RetryPolicy.builder().deadline(Durations.FOREVER).build().deadline())
                .isEqualTo(Durations.FOREVER);
    }

    @Test
    void patienceAndHintCapMayBeZeroButNotNegative() {
        Duration negative = Duration.ofNanos(-1);
        refused(b -> b.patience(Pace.STARTUP, negative), "patience must not be negative, but is PT-0.000000001S");
        refused(b -> b.maxRetryAfter(negative), "maxRetryAfter must not be negative, but is PT-0.000000001S");
        RetryPolicy policy = RetryPolicy.builder()
                .patience(Pace.STARTUP, Duration.ZERO)
                .maxRetryAfter(Duration.ZERO)
                .build();
        assertThat(policy.patience(Pace.STARTUP)).isZero();
        assertThat(policy.maxRetryAfter()).isZero();
    }

    @Test
    void patienceIsForThePacesThatItBounds() {
        refused(
                b -> b.patience(Pace.TRANSIENT, SECOND),
                "patience is for STARTUP and MAINTENANCE, but the pace is TRANSIENT, which maxAttempts bounds");
        refused(
                b -> b.patience(Pace.THROTTLE, SECOND),
                "patience is for STARTUP and MAINTENANCE, but the pace is THROTTLE, which maxAttempts bounds");
    }

    @Test
    void longerThanForeverIsForever() {
        RetryPolicy policy = RetryPolicy.builder()
                .patience(Pace.MAINTENANCE, Duration.ofSeconds(Long.MAX_VALUE))
                .build();
        assertThat(policy.patience(Pace.MAINTENANCE)).isEqualTo(Durations.FOREVER);
    }

    @Test
    void whatIsMissingIsNamed() {
        missing(b -> b.deadline(null), "deadline");
        missing(b -> b.defaultDeadline(null), "defaultDeadline");
        missing(b -> b.attemptTimeout(null), "attemptTimeout");
        missing(b -> b.backoff(null, Backoff.fixed(SECOND)), "pace");
        missing(b -> b.backoff(Pace.STARTUP, null), "backoff");
        missing(b -> b.patience(null, SECOND), "pace");
        missing(b -> b.patience(Pace.STARTUP, null), "patience");
        missing(b -> b.maxRetryAfter(null), "maxRetryAfter");
    }

    @Test
    void saysWhatItIs() {
        assertThat(RetryPolicy.defaults().toString())
                .startsWith("RetryPolicy[maxAttempts=4, deadline=PT30S, attemptTimeout=PT10S,")
                .contains("TRANSIENT=FullJitter[base=PT0.2S, cap=PT20S]", "MAINTENANCE=PT1M30S")
                .endsWith("maxRetryAfter=PT1M]");
    }

    private static void refused(Consumer<RetryPolicy.Builder> change, String sentence) {
        assertThatThrownBy(() -> change.accept(RetryPolicy.builder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    private static void missing(Consumer<RetryPolicy.Builder> change, String argument) {
        assertThatThrownBy(() -> change.accept(RetryPolicy.builder()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage(argument + " must not be null");
    }
}
