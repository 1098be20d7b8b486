package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.micrometer.HoldfastMeters;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.CapturedLogs;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told while calls are made: records to a listener, lines to a log, numbers to a registry. */
class EventsAndLogsTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final List<Object> events = new CopyOnWriteArrayList<>();

    private final HoldfastListener recording = new HoldfastListener() {
        @Override
        public void onAttempt(AttemptEvent event) {
            events.add(event);
        }

        @Override
        public void onRetryScheduled(RetryEvent event) {
            events.add(event);
        }

        @Override
        public void onOutcome(OutcomeEvent event) {
            events.add(event);
        }
    };

    private static Stream<String> lines(String start) {
        return CapturedLogs.lines().stream().filter(line -> line.startsWith(start));
    }

    @ParameterizedTest
    @EnumSource
    void aListenerHearsRecordsInOrder(Adapter adapter) throws Exception {
        bench.answers(Bench.status(503), Bench.ok());
        Holdfast holdfast = bench.azure().listener(recording).build();
        adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
        assertThat(events)
                .hasExactlyElementsOfTypes(
                        HoldfastListener.AttemptEvent.class,
                        HoldfastListener.RetryEvent.class,
                        HoldfastListener.AttemptEvent.class,
                        HoldfastListener.OutcomeEvent.class);
        HoldfastListener.AttemptEvent first = (HoldfastListener.AttemptEvent) events.get(0);
        HoldfastListener.RetryEvent retry = (HoldfastListener.RetryEvent) events.get(1);
        HoldfastListener.OutcomeEvent last = (HoldfastListener.OutcomeEvent) events.get(3);
        assertThat(first.attempt().status()).isEqualTo(503);
        assertThat(retry.nextAttempt()).isEqualTo(2);
        assertThat(retry.decision()).isEqualTo(first.attempt().decision());
        assertThat(retry.pause()).isEqualTo(last.outcome().attempts().get(0).pause());
        assertThat(last.outcome().succeeded()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aFaultIsLoggedOnceWhenItBeginsAndOnceWhenItEndsAcrossManyCalls(Adapter adapter) throws Exception {
        Holdfast holdfast = bench.azure().maxAttempts(2).build();
        CapturedLogs.clear();
        bench.script.always(Bench.status(503));
        for (int i = 0; i < 5; i++) {
            adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
        }
        bench.script.always(Bench.ok());
        for (int i = 0; i < 3; i++) {
            adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
        }
        assertThat(lines("WARN dev.holdfast.fault")).singleElement().asString().contains("azure/imds answers 503 (");
        assertThat(lines("INFO dev.holdfast.fault"))
                .singleElement()
                .asString()
                .contains("azure/imds answers again after");
        assertThat(lines("DEBUG dev.holdfast.call").filter(line -> line.contains(" attempt ")))
                .hasSize(13);
        bench.script.always(Bench.status(503));
        adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
        assertThat(lines("WARN dev.holdfast.fault"))
                .as("the same fault again is news after a minute")
                .hasSize(1);
        bench.script.always(Bench.status(429));
        adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
        assertThat(lines("WARN dev.holdfast.fault"))
                .as("another fault is news at once")
                .hasSize(2)
                .last()
                .asString()
                .contains("azure/imds now answers 429 (throttled; rule ");
    }

    @Test
    void timesThatContradictEachOtherAreWarnedOf() {
        CapturedLogs.clear();
        bench.azure().deadline(Duration.ofSeconds(90)).build();
        bench.azure().attemptTimeout(Duration.ofHours(1)).build();
        assertThat(lines("WARN")).as("a deadline alone contradicts nothing").isEmpty();
        bench.azure()
                .deadline(Duration.ofSeconds(1))
                .attemptTimeout(Duration.ofSeconds(60))
                .patience(Pace.MAINTENANCE, Duration.ofMinutes(2))
                .build();
        assertThat(lines("WARN"))
                .hasSize(2)
                .anyMatch(line -> line.contains("the attempt timeout of 60 s is longer than the deadline of 1 s"))
                .anyMatch(line ->
                        line.contains("the patience for MAINTENANCE of 2 min is longer than the deadline of 1 s"));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTheRequestsFaultIsNoFaultOfTheEndpoint(Adapter adapter) throws Exception {
        CapturedLogs.clear();
        bench.answers(Bench.status(400));
        adapter.call(bench, bench.azure().build(), Ask.get(Bench.INSTANCE));
        assertThat(lines("WARN")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void metersHaveTheNamesAndTagsOfTheJavadoc(Adapter adapter) throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Holdfast holdfast = bench.azure().listener(new HoldfastMeters(registry)).build();
        bench.answers(Bench.status(503), Bench.ok(), Bench.status(400));
        adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
        Duration waited = bench.time.elapsed();
        adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
        assertThat(registry.getMeters().stream()
                        .map(Meter::getId)
                        .map(id -> id.getName()
                                + id.getTags().stream()
                                        .map(tag -> " " + tag.getKey() + "=" + tag.getValue())
                                        .filter(tag -> !tag.startsWith(" rule="))
                                        .sorted()
                                        .toList()))
                .containsExactlyInAnyOrder(
                        "holdfast.attempts[ operation=instance,  result=503,  service=azure/imds]",
                        "holdfast.attempts[ operation=instance,  result=200,  service=azure/imds]",
                        "holdfast.attempts[ operation=instance,  result=400,  service=azure/imds]",
                        "holdfast.waits[ operation=instance,  pace=transient,  service=azure/imds]",
                        "holdfast.decisions[ kind=unavailable,  service=azure/imds,  verdict=retry]",
                        "holdfast.decisions[ kind=invalid_request,  service=azure/imds,  verdict=fail]",
                        "holdfast.calls[ operation=instance,  reason=succeeded,  service=azure/imds]",
                        "holdfast.calls[ operation=instance,  reason=failed,  service=azure/imds]");
        assertThat(registry.get("holdfast.waits").timer().totalTime(TimeUnit.MILLISECONDS))
                .isCloseTo(waited.toMillis(), Offset.offset(2.0));
        assertThat(registry.get("holdfast.calls")
                        .tag("reason", "succeeded")
                        .timer()
                        .count())
                .isOne();
    }
}
