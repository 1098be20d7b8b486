package dev.holdfast.cli;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.service.Service;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An explanation for people: a few aligned lines. */
final class DecisionText {
    private static final int WAITS_SHOWN = 4;

    private final StringBuilder out = new StringBuilder(600);

    private DecisionText() {}

    static String of(SeenAnswer seen) {
        DecisionText text = new DecisionText();
        text.write(seen);
        return text.out.toString();
    }

    private void write(SeenAnswer seen) {
        Service service = seen.service();
        line("service", service.id());
        if (seen.request() != null) {
            line("operation", service.operation(seen.request()).id());
        }
        line("status", Integer.toString(seen.answer().status()));
        Decision decision = seen.decision();
        if (decision == null) {
            line("advice", seen.success());
            return;
        }
        ServiceError error = decision.error();
        line("code", error.code());
        line("message", error.message());
        line("target", error.target());
        error.captured().forEach((name, value) -> line("captured", name + " = " + value));
        error.further().forEach(other -> line("further", further(other)));
        error.requestIds().forEach((name, value) -> line("request id", name + " = " + value));
        out.append('\n');
        String renewal = DecisionJson.renewal(decision);
        line("verdict", decision.verdict().id() + (renewal == null ? "" : ": renew the " + renewal + ", once"));
        line("kind", decision.kind().id());
        line("pace", decision.pace().map(pace -> pace(pace, service.policy())).orElse(null));
        line(
                "hint",
                decision.retryAfter()
                        .map(after -> retryAfter(after, service.policy()))
                        .orElse(null));
        line("rule", decision.rule());
        line("source", decision.source());
        line("advice", decision.advice());
    }

    private static String further(ServiceError.Further other) {
        return Stream.of(other.code(), other.message(), other.target() == null ? null : "(" + other.target() + ")")
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    private static String pace(Pace pace, RetryPolicy policy) {
        StringBuilder text = new StringBuilder(pace.id()).append(": waits ");
        boolean patient = pace.boundedByPatience();
        int waits = patient ? WAITS_SHOWN : Math.min(WAITS_SHOWN, policy.maxAttempts() - 1);
        for (int i = 0; i < waits; i++) {
            var range = policy.backoff(pace).range(i);
            text.append(i == 0 ? "" : ", ")
                    .append(seconds(range.least()))
                    .append('–')
                    .append(seconds(range.most()));
        }
        text.append(patient || policy.maxAttempts() - 1 > WAITS_SHOWN ? " … s; " : " s; ");
        return text.append(
                        patient
                                ? "for up to " + seconds(policy.patience(pace)) + " s"
                                : "up to " + policy.maxAttempts() + " attempts")
                .toString();
    }

    private static String retryAfter(Duration retryAfter, RetryPolicy policy) {
        String text = "come back in " + seconds(retryAfter) + " s";
        return retryAfter.compareTo(policy.maxRetryAfter()) <= 0
                ? text
                : text + ", which is longer than the " + seconds(policy.maxRetryAfter())
                        + " s that are waited for: the call ends at once";
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? Long.toString(millis / 1000) : String.format(Locale.ROOT, "%.1f", millis / 1000.0);
    }

    private void line(String name, @Nullable String value) {
        if (value != null) {
            out.append(String.format(Locale.ROOT, "%-11s", name))
                    .append(printable(value))
                    .append('\n');
        }
    }

    /** What a server said must not reach the terminal as a command to it. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? ' ' : c);
        }
        return shown.toString();
    }
}
