package dev.holdfast.core.micrometer;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;

/**
 * A listener that keeps meters. Needs {@code io.micrometer:micrometer-core} 1.9 or later, which this library does not bring.
 *
 * <table>
 * <caption>Meters and their tags</caption>
 * <tr><th>meter</th><th>type</th><th>tags</th></tr>
 * <tr><td>holdfast.calls</td><td>timer, the whole call</td><td>service, operation, reason</td></tr>
 * <tr><td>holdfast.attempts</td><td>timer, one attempt</td><td>service, operation, result: the status or {@code fault}</td></tr>
 * <tr><td>holdfast.waits</td><td>timer, one wait</td><td>service, operation, pace</td></tr>
 * <tr><td>holdfast.decisions</td><td>counter</td><td>service, verdict, kind, rule</td></tr>
 * </table>
 *
 * <p>No tag holds a request's address or anything that a server made up beside a status, so their number is bounded by the catalogues. Safe for several
 * threads.
 */
public final class HoldfastMeters implements HoldfastListener {
    private final MeterRegistry registry;

    /**
     * Meters in a registry.
     *
     * @param registry your registry
     */
    public HoldfastMeters(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry must not be null");
    }

    @Override
    public void onAttempt(AttemptEvent event) {
        Attempt attempt = event.attempt();
        Integer status = attempt.status();
        registry.timer(
                        "holdfast.attempts",
                        "service",
                        event.service(),
                        "operation",
                        event.operation(),
                        "result",
                        status == null ? "fault" : status.toString())
                .record(attempt.took());
        Decision decision = attempt.decision();
        if (decision != null) {
            registry.counter(
                            "holdfast.decisions",
                            "service",
                            event.service(),
                            "verdict",
                            decision.verdict().id(),
                            "kind",
                            decision.kind().id(),
                            "rule",
                            decision.rule())
                    .increment();
        }
    }

    @Override
    public void onRetryScheduled(RetryEvent event) {
        String pace = event.decision().pace().map(Pace::id).orElse("none");
        registry.timer("holdfast.waits", "service", event.service(), "operation", event.operation(), "pace", pace)
                .record(event.pause());
    }

    @Override
    public void onOutcome(OutcomeEvent event) {
        Outcome outcome = event.outcome();
        registry.timer(
                        "holdfast.calls",
                        "service",
                        outcome.service(),
                        "operation",
                        outcome.operation(),
                        "reason",
                        outcome.reason().id())
                .record(outcome.total());
    }
}
