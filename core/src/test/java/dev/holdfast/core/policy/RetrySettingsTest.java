package dev.holdfast.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.service.TestService;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A policy's setting stands once, with its check and its Javadoc, and both builders have it. */
class RetrySettingsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A second copy of a setting would have to be kept equal by hand. */
    @Test
    void noBuilderRepeatsASetting() {
        List<String> settings = declared(RetrySettings.class);
        assertThat(settings)
                .containsExactlyInAnyOrder(
                        "maxAttempts",
                        "deadline",
                        "defaultDeadline",
                        "attemptTimeout",
                        "backoff",
                        "patience",
                        "maxRetryAfter");
        Stream.of(RetryPolicy.Builder.class, Holdfast.Builder.class, Holdfast.Builder.class.getSuperclass())
                .forEach(builder ->
                        assertThat(declared(builder)).as(builder.getName()).doesNotContainAnyElementsOf(settings));
    }

    private static List<String> declared(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isBridge() && Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .toList();
    }

    @Test
    void bothBuildersMakeTheSamePolicyOfTheSameSettings() {
        RetryPolicy own = change(RetryPolicy.defaults().toBuilder()).build();
        RetryPolicy instances = change(Holdfast.builder(
                        TestService.builder().policy(RetryPolicy.defaults()).build()))
                .build()
                .policy();
        assertThat(instances).usingRecursiveComparison().isEqualTo(own);
        assertThat(own.callersDeadline()).isTrue();
    }

    private static <B extends RetrySettings<B>> B change(B builder) {
        return builder.maxAttempts(7)
                .deadline(MINUTE)
                .attemptTimeout(Duration.ofSeconds(7))
                .backoff(Pace.TRANSIENT, Backoff.fixed(MINUTE))
                .patience(Pace.STARTUP, MINUTE.multipliedBy(2))
                .maxRetryAfter(MINUTE.multipliedBy(3));
    }

    /** What a preset sets is a default still: the patience of a pace lifts it. */
    @Test
    void aDefaultDeadlineIsNotTheCallers() {
        RetryPolicy policy = Holdfast.builder(TestService.builder().build())
                .deadline(MINUTE)
                .defaultDeadline(MINUTE)
                .build()
                .policy();
        assertThat(policy.deadline()).isEqualTo(MINUTE);
        assertThat(policy.callersDeadline()).isFalse();
    }
}
