package dev.holdfast.core.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.StopReason;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.retry.event.RetryOnRetryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user's registry of resilience4j-retry sees of the engine's decisions. */
class Resilience4jRecorderTest {
    private final RetryRegistry registry = RetryRegistry.ofDefaults();
    private final Resilience4jRecorder recorder = Resilience4jRecorder.of("test/service", registry);
    private final Retry retry = registry.find("test/service").orElseThrow();
    private final List<String> events = new ArrayList<>();

    private void listen() {
        retry.getEventPublisher().onEvent(event -> {
            String wait = event instanceof RetryOnRetryEvent again
                    ? " after " + again.getWaitInterval().toMillis()
                    : "";
            events.add(event.getEventType() + wait);
        });
    }

    @Test
    void aFirstSuccessIsCounted() {
        recorder.succeeded();
        recorder.succeeded();
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithoutRetryAttempt())
                .isEqualTo(2);
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithRetryAttempt())
                .isZero();
    }

    @Test
    void eachFurtherAttemptIsAnEventWithItsWait() {
        listen();
        Resilience4jRecorder.Recording recording = recorder.open();
        recording.again(EngineBench.retry(Pace.TRANSIENT), Duration.ofMillis(1_500));
        recording.again(EngineBench.retry(Pace.TRANSIENT), Duration.ZERO);
        recording.succeeded();
        assertThat(events).containsExactly("RETRY after 1500", "RETRY after 0", "SUCCESS");
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithRetryAttempt())
                .isOne();
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithoutRetryAttempt())
                .isZero();
    }

    /** More often than any default of the registry: the instance must not end what the engine goes on with. */
    @Test
    void theNumberOfAttemptsIsNotBounded() {
        Resilience4jRecorder.Recording recording = recorder.open();
        for (int i = 0; i < 100; i++) {
            recording.again(EngineBench.retry(Pace.TRANSIENT), Duration.ZERO);
        }
        listen();
        recording.again(EngineBench.retry(Pace.TRANSIENT), Duration.ofSeconds(1));
        assertThat(events).containsExactly("RETRY after 1000");
    }

    @Test
    void anEndAfterRetriesIsAFailure() {
        Resilience4jRecorder.Recording recording = recorder.open();
        recording.again(EngineBench.retry(Pace.TRANSIENT), Duration.ZERO);
        listen();
        recording.stopped(StopReason.ATTEMPTS);
        assertThat(events).containsExactly("ERROR");
    }

    @Test
    void anEndAfterTheFirstAttemptIsOneEvent() {
        listen();
        recorder.open().stopped(StopReason.FAILED);
        assertThat(events).containsExactly("ERROR");
    }

    @Test
    void pagesOfTwoCallsAreApart() {
        Resilience4jRecorder.Recording one = recorder.open();
        Resilience4jRecorder.Recording two = recorder.open();
        assertThat(one).isNotSameAs(two);
        one.again(EngineBench.retry(Pace.TRANSIENT), Duration.ZERO);
        one.succeeded();
        two.succeeded();
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithRetryAttempt())
                .isOne();
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithoutRetryAttempt())
                .isOne();
    }

    @Test
    void theInstanceIsFoundAgainBySecondAccounts() {
        Resilience4jRecorder.of("test/service", registry).succeeded();
        recorder.succeeded();
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithoutRetryAttempt())
                .isEqualTo(2);
    }

    @Test
    void anInstanceOfTheUsersOwnIsRefused() {
        registry.retry("test/other");
        assertThatThrownBy(() -> Resilience4jRecorder.of("test/other", registry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"test/other\"")
                .hasMessageContaining("maxAttempts 3");
    }

    @Test
    void withoutARegistryOnePageServesAll() {
        Resilience4jRecorder none = Resilience4jRecorder.none();
        Resilience4jRecorder.Recording recording = none.open();
        none.succeeded();
        recording.again(EngineBench.retry(Pace.TRANSIENT), Duration.ZERO);
        recording.stopped(StopReason.ATTEMPTS);
        recording.succeeded();
        assertThat(none.open()).isSameAs(recording);
    }
}
