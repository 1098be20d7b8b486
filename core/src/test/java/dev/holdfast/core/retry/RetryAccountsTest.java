package dev.holdfast.core.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.error.Pace;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.retry.event.RetryOnRetryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user's registry of resilience4j-retry sees of the engine's decisions. */
class RetryAccountsTest {
    private final RetryRegistry registry = RetryRegistry.ofDefaults();
    private final RetryAccounts accounts = RetryAccounts.of("test/service", registry);
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
        accounts.succeeded();
        accounts.succeeded();
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithoutRetryAttempt())
                .isEqualTo(2);
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithRetryAttempt())
                .isZero();
    }

    @Test
    void eachFurtherAttemptIsAnEventWithItsWait() {
        listen();
        RetryAccounts.Page page = accounts.open();
        page.again(EngineBench.retry(Pace.TRANSIENT), Duration.ofMillis(1_500));
        page.again(EngineBench.retry(Pace.TRANSIENT), Duration.ZERO);
        page.succeeded();
        assertThat(events).containsExactly("RETRY after 1500", "RETRY after 0", "SUCCESS");
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithRetryAttempt())
                .isOne();
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithoutRetryAttempt())
                .isZero();
    }

    /** More often than any default of the registry: the instance must not end what the engine goes on with. */
    @Test
    void theNumberOfAttemptsIsNotBounded() {
        RetryAccounts.Page page = accounts.open();
        for (int i = 0; i < 100; i++) {
            page.again(EngineBench.retry(Pace.TRANSIENT), Duration.ZERO);
        }
        listen();
        page.again(EngineBench.retry(Pace.TRANSIENT), Duration.ofSeconds(1));
        assertThat(events).containsExactly("RETRY after 1000");
    }

    @Test
    void anEndAfterRetriesIsAFailure() {
        RetryAccounts.Page page = accounts.open();
        page.again(EngineBench.retry(Pace.TRANSIENT), Duration.ZERO);
        listen();
        page.stopped(StopReason.ATTEMPTS);
        assertThat(events).containsExactly("ERROR");
    }

    @Test
    void anEndAfterTheFirstAttemptIsOneEvent() {
        listen();
        accounts.open().stopped(StopReason.FAILED);
        assertThat(events).containsExactly("ERROR");
    }

    @Test
    void pagesOfTwoCallsAreApart() {
        RetryAccounts.Page one = accounts.open();
        RetryAccounts.Page two = accounts.open();
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
        RetryAccounts.of("test/service", registry).succeeded();
        accounts.succeeded();
        assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithoutRetryAttempt())
                .isEqualTo(2);
    }

    @Test
    void anInstanceOfTheUsersOwnIsRefused() {
        registry.retry("test/other");
        assertThatThrownBy(() -> RetryAccounts.of("test/other", registry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"test/other\"")
                .hasMessageContaining("maxAttempts 3");
    }

    @Test
    void withoutARegistryOnePageServesAll() {
        RetryAccounts none = RetryAccounts.none();
        RetryAccounts.Page page = none.open();
        none.succeeded();
        page.again(EngineBench.retry(Pace.TRANSIENT), Duration.ZERO);
        page.stopped(StopReason.ATTEMPTS);
        page.succeeded();
        assertThat(none.open()).isSameAs(page);
    }
}
