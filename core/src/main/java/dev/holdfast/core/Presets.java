package dev.holdfast.core;

import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.service.Service;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the presets of all services have in common; a vendor changes what its service documents otherwise. */
final class Presets {
    private static final Backoff SLOW = Backoff.equalJitter(Duration.ofSeconds(5), Duration.ofSeconds(60));

    private Presets() {}

    static Holdfast.Builder boot(Service service, @Nullable String advice) {
        Rule.Condition unreachable = Rule.onFault(ErrorKind.UNREACHABLE);
        if (advice != null) {
            unreachable.advice(advice);
        }
        return Holdfast.builder(service)
                .maxAttempts(8)
                .defaultDeadline(Duration.ofMinutes(5))
                .patience(Pace.STARTUP, Duration.ofMinutes(3))
                .rule("boot-unreachable", unreachable.retry(ErrorKind.UNREACHABLE, Pace.STARTUP));
    }

    static Holdfast.Builder interactive(Service service) {
        return Holdfast.builder(service)
                .maxAttempts(3)
                .deadline(Duration.ofSeconds(15))
                .attemptTimeout(Duration.ofSeconds(5))
                .patience(Pace.STARTUP, Duration.ZERO)
                .patience(Pace.MAINTENANCE, Duration.ZERO)
                .maxRetryAfter(Duration.ofSeconds(5));
    }

    static Holdfast.Builder background(Service service) {
        return Holdfast.builder(service)
                .maxAttempts(8)
                .defaultDeadline(Duration.ofMinutes(10))
                .backoff(Pace.TRANSIENT, SLOW)
                .backoff(Pace.THROTTLE, SLOW)
                .maxRetryAfter(Duration.ofMinutes(5));
    }
}
