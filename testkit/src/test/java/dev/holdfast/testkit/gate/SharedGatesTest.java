package dev.holdfast.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.gate.Gate;
import dev.holdfast.core.gate.GateKey;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.gate.Gates;
import dev.holdfast.testkit.laws.Bench;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import okhttp3.Call;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who shares a gate, and what a user's registries of resilience4j see of it. */
class SharedGatesTest {
    private static final Duration INTERVAL = Duration.ofMillis(200);

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Holdfast.Builder azure(Gates gates, GateSettings settings) {
        return bench.here(Holdfast.builder(AzureImds.SERVICE)).gates(gates).gate("default", settings);
    }

    private Gates gates() {
        return Gates.isolated(bench.time, bench.time);
    }

    @Test
    void conflictingSettingsAreNamedBoth() {
        GateKey key = Queue.KEY;
        Gates gates = gates();
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
        bench.script.always(Bench.ok());
        Gates gates = gates();
        bench.call(azure(gates, Queue.every(INTERVAL))).execute().close();
        Call other = bench.call(azure(gates, GateSettings.OPEN));
        assertThatThrownBy(other::execute)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0.2S")
                .hasMessageContaining(GateSettings.OPEN.toString());
        assertThat(bench.requests()).isOne();
    }

    @Test
    void twoHoldfastsWithTheSameSettingsShareOneRate() throws Exception {
        bench.script.always(Bench.ok());
        Gates gates = gates();
        Call.Factory one = bench.wrap(azure(gates, Queue.every(INTERVAL)));
        Call.Factory two = bench.wrap(azure(gates, Queue.every(INTERVAL)).maxAttempts(2));
        for (Call.Factory calls : List.of(one, two, one, two)) {
            calls.newCall(bench.get(Bench.INSTANCE)).execute().close();
        }
        assertThat(bench.time.elapsed()).isEqualTo(INTERVAL.multipliedBy(3));
    }

    @Test
    void anotherCategoryHasAGateOfItsOwn() throws Exception {
        bench.script.always(Bench.ok());
        Call.Factory calls = bench.wrap(azure(gates(), Queue.every(INTERVAL)).gate("identity", Queue.every(INTERVAL)));
        for (String target : List.of(Bench.INSTANCE, Bench.TOKEN)) {
            Request request = bench.get(target);
            calls.newCall(request).execute().close();
        }
        assertThat(bench.time.elapsed()).isZero();
    }

    @Test
    void theLimiterStandsInTheUsersRegistry() {
        RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
        Gate gate = Gates.in(registry).gate(Queue.KEY, Queue.every(Duration.ofHours(1)));
        RateLimiter limiter = registry.find(Queue.KEY.toString()).orElseThrow();
        List<Object> events = new ArrayList<>();
        limiter.getEventPublisher().onSuccess(events::add);
        assertThat(limiter.getMetrics().getAvailablePermissions()).isEqualTo(10);
        assertThat(gate.tryEnter()).isTrue();
        assertThat(limiter.getMetrics().getAvailablePermissions()).isZero();
        assertThat(events).hasSize(1);
    }

    @Test
    void theUsersRetryRegistryGetsEventsAndCounts() throws Exception {
        bench.answers(Bench.status(503), Bench.status(503), Bench.ok(), Bench.ok(), Bench.status(404));
        RetryRegistry registry = RetryRegistry.ofDefaults();
        Call.Factory calls = bench.wrap(bench.azure().retryRegistry(registry));
        Retry retry = registry.find("azure/imds").orElseThrow();
        List<String> events = new CopyOnWriteArrayList<>();
        retry.getEventPublisher()
                .onEvent(event -> events.add(event.getEventType().name()));
        for (int i = 0; i < 3; i++) {
            calls.newCall(bench.get(Bench.INSTANCE)).execute().close();
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
        registry.retry("azure/imds");
        assertThatThrownBy(() -> bench.azure().retryRegistry(registry).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("retryRegistry")
                .hasMessageContaining("\"azure/imds\"")
                .hasMessageContaining("maxAttempts 3");
    }
}
