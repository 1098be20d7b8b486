package dev.holdfast.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.CallOptions;
import dev.holdfast.core.Gates;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.call.CallBench;
import dev.holdfast.core.call.FakeAnswer;
import dev.holdfast.core.call.Way;
import dev.holdfast.core.error.RequestView;
import dev.holdfast.core.time.Clock;
import dev.holdfast.core.time.Scheduler;
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

/** Holdfasts that share a gate, and what a user's registries of resilience4j see of it. */
class SharedGatesTest {
    private static final Duration INTERVAL = Duration.ofMillis(200);

    @RegisterExtension
    final CallBench bench = CallBench.skipping();

    private Holdfast.Builder sharing(Gates gates, GateSettings settings) {
        return bench.holdfast().gates(gates).gate("default", settings);
    }

    private Gates gates() {
        return Gates.isolated(bench.time, bench.time);
    }

    @Test
    void conflictingSettingsAreNamedBoth() {
        GateKey key = Queue.KEY;
        GateRegistry gates = new GateRegistry(bench.time, bench.time, null);
        GateSettings first = GateSettings.OPEN.withConcurrency(4);
        Gate gate = gates.gate(key, first);
        assertThat(gates.gate(key, GateSettings.OPEN.withConcurrency(4))).isSameAs(gate);
        assertThatThrownBy(() -> gates.gate(key, Queue.every(INTERVAL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key.toString())
                .hasMessageContaining(first.toString())
                .hasMessageContaining(Queue.every(INTERVAL).toString());
        gates.gate(new GateKey("test/service", "127.0.0.1:81", "default"), Queue.every(INTERVAL));
    }

    @Test
    void conflictingSettingsOfTwoHoldfasts() throws Exception {
        bench.service.always(FakeAnswer.ok());
        Gates gates = gates();
        bench.call(sharing(gates, Queue.every(INTERVAL))).start(Way.BLOCKING).close();
        Holdfast other = sharing(gates, GateSettings.OPEN).build();
        assertThatThrownBy(() -> bench.gate(other, CallBench.READ))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0.2S")
                .hasMessageContaining(GateSettings.OPEN.toString());
    }

    @Test
    void twoHoldfastsWithTheSameSettingsShareOneRate() throws Exception {
        bench.service.always(FakeAnswer.ok());
        Gates gates = gates();
        Holdfast one = sharing(gates, Queue.every(INTERVAL)).build();
        Holdfast two = sharing(gates, Queue.every(INTERVAL)).maxAttempts(2).build();
        for (Holdfast holdfast : List.of(one, two, one, two)) {
            bench.call(holdfast).start(Way.BLOCKING).close();
        }
        assertThat(bench.time.elapsed()).isEqualTo(INTERVAL.multipliedBy(3));
    }

    @Test
    void anotherCategoryHasAGateOfItsOwn() throws Exception {
        bench.service.always(FakeAnswer.ok());
        Holdfast holdfast = sharing(gates(), Queue.every(INTERVAL))
                .gate("writes", Queue.every(INTERVAL))
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
        Gate gate = new GateRegistry(Clock.system(), Scheduler.shared(), registry)
                .gate(Queue.KEY, Queue.every(Duration.ofHours(1)));
        RateLimiter rateLimiter = registry.find(Queue.KEY.toString()).orElseThrow();
        List<Object> events = new ArrayList<>();
        rateLimiter.getEventPublisher().onSuccess(events::add);
        assertThat(rateLimiter.getMetrics().getAvailablePermissions()).isEqualTo(10);
        assertThat(gate.tryEnter()).isTrue();
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
