package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.internal.call.CallBench;
import dev.holdfast.core.internal.call.FakeAnswer;
import dev.holdfast.core.internal.call.Way;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Holdfasts that share a limiter, and what a user's registries of resilience4j see of it. */
class SharedLimitersTest {
    private static final Duration INTERVAL = Duration.ofMillis(200);

    @RegisterExtension
    final CallBench bench = CallBench.skipping();

    private Holdfast.Builder sharing(Limiters limiters, Limits settings) {
        return bench.holdfast().limiters(limiters).limits("default", settings);
    }

    private Limiters limiters() {
        return Limiters.isolated(bench.time, bench.time);
    }

    @Test
    void twoHoldfastsWithTheSameSettingsShareOneRate() throws Exception {
        bench.service.always(FakeAnswer.ok());
        Limiters limiters = limiters();
        Holdfast one = sharing(limiters, Queue.every(INTERVAL)).build();
        Holdfast two = sharing(limiters, Queue.every(INTERVAL)).maxAttempts(2).build();
        for (Holdfast holdfast : List.of(one, two, one, two)) {
            bench.call(holdfast).start(Way.BLOCKING).close();
        }
        assertThat(bench.time.elapsed()).isEqualTo(INTERVAL.multipliedBy(3));
    }

    @Test
    void anotherCategoryHasAGateOfItsOwn() throws Exception {
        bench.service.always(FakeAnswer.ok());
        Holdfast holdfast = sharing(limiters(), Queue.every(INTERVAL))
                .limits("writes", Queue.every(INTERVAL))
                .build();
        for (RequestView request : List.of(CallBench.READ, CallBench.WRITE)) {
            bench.call(holdfast, request, CallOptions.none())
                    .start(Way.BLOCKING)
                    .close();
        }
        assertThat(bench.time.elapsed()).isZero();
        bench.call(holdfast).start(Way.BLOCKING).close();
        assertThat(bench.time.elapsed()).isEqualTo(INTERVAL);
    }

    @Test
    void theLimiterStandsInTheUsersRegistry() {
        RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
        EndpointLimiter limiter = new LimiterRegistry(TimeSource.system(), Scheduler.shared(), registry)
                .limiter(Queue.KEY, Queue.every(Duration.ofHours(1)), this);
        RateLimiter rateLimiter = registry.find(Queue.KEY.toString()).orElseThrow();
        List<Object> events = new ArrayList<>();
        rateLimiter.getEventPublisher().onSuccess(events::add);
        assertThat(rateLimiter.getMetrics().getAvailablePermissions()).isOne();
        assertThat(limiter.tryEnter()).isNotEqualTo(EndpointLimiter.Permit.NONE);
        assertThat(rateLimiter.getMetrics().getAvailablePermissions()).isZero();
        assertThat(events).hasSize(1);
    }

    @Test
    void theUsersRetryRegistryGetsEventsAndCounts() throws Exception {
        bench.service.answers(
                FakeAnswer.status(503),
                FakeAnswer.status(503),
                FakeAnswer.ok(),
                FakeAnswer.ok(),
                FakeAnswer.status(404));
        RetryRegistry registry = RetryRegistry.ofDefaults();
        Holdfast holdfast = bench.unbounded().retryRegistry(registry).build();
        Retry retry = registry.find("test/service").orElseThrow();
        List<String> events = new CopyOnWriteArrayList<>();
        retry.getEventPublisher()
                .onEvent(event -> events.add(event.getEventType().name()));
        for (int i = 0; i < 3; i++) {
            bench.call(holdfast).start(Way.BLOCKING).close();
        }
        Retry.Metrics counts = retry.getMetrics();
        assertThat(counts.getNumberOfSuccessfulCallsWithRetryAttempt()).isOne();
        assertThat(counts.getNumberOfSuccessfulCallsWithoutRetryAttempt()).isOne();
        assertThat(events.stream().collect(Collectors.joining(" "))).startsWith("RETRY RETRY SUCCESS");
        assertThat(events).as("and the one that failed").hasSize(4);
    }

    @Test
    void aRegistryWithAnInstanceOfThatNameOfItsOwnIsRefused() {
        RetryRegistry registry = RetryRegistry.ofDefaults();
        registry.retry("test/service");
        assertThatThrownBy(() -> bench.holdfast().retryRegistry(registry).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("retryRegistry")
                .hasMessageContaining("\"test/service\"")
                .hasMessageContaining("maxAttempts 3");
    }
}
