package dev.holdfast.core.outcome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.time.Durations;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The three renderings of an outcome. */
final class OutcomeText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String FRESH = "fresh connection";

    private OutcomeText() {}

    static String line(Outcome outcome) {
        StringBuilder out = new StringBuilder(160);
        out.append(outcome.service()).append(' ').append(outcome.operation()).append(": ");
        int count = outcome.attempts().size();
        out.append(
                outcome.succeeded()
                        ? "succeeded"
                        : "gave up (" + outcome.reason().id() + ")");
        out.append(" after ").append(count).append(count == 1 ? " attempt in " : " attempts in ");
        out.append(Durations.text(outcome.total())).append(" [");
        List<Attempt> attempts = outcome.attempts();
        for (int i = 0; i < count; i++) {
            Attempt attempt = attempts.get(i);
            out.append(i == 0 ? "" : ", ");
            out.append(attempt.freshConnection() ? FRESH + " " : "").append(result(attempt));
            Decision decision = attempt.decision();
            if (decision != null) {
                out.append(' ').append(decision.kind().id());
                decision.retryAfter().ifPresent(after -> out.append(" hint ").append(Durations.text(after)));
            }
            if (!attempt.pause().isZero()) {
                out.append(" +").append(Durations.text(attempt.pause()));
            }
        }
        out.append(']');
        Decision last = outcome.decision();
        String why = sentence(outcome.reason());
        out.append(why.isEmpty() ? "" : " " + why);
        if (!outcome.succeeded() && last != null) {
            out.append(' ').append(last.advice()).append(" (").append(last.rule());
            String requestId = last.error().requestId();
            out.append(requestId == null ? ")" : ", request id " + requestId + ")");
        }
        return out.toString();
    }

    /** Says why no further attempt was made. Empty where the advice says it. */
    static String sentence(StopReason reason) {
        return switch (reason) {
            case SUCCEEDED, FAILED, HOST_REFUSED -> "";
            case ATTEMPTS -> "All attempts that the policy allows were made.";
            case PATIENCE -> "The trouble lasted longer than the policy's patience.";
            case DEADLINE -> "The deadline allows no further attempt.";
            case RETRY_AFTER_TOO_LONG -> "The service asked for a longer wait than the policy or the deadline allows.";
            case BUDGET -> "The retry budget is used up: many calls of this endpoint have failed lately.";
            case NOT_PERMITTED -> "The limiter gave no permit before the deadline.";
            case NOT_REPEATABLE -> "The request was not sent again, because the service may have processed it.";
            case REFUSED_AGAIN -> "What was renewed was refused too.";
            case NO_CREDENTIAL -> "There is no credential to go on with.";
            case CANCELLED -> "The call was cancelled.";
            case INTERRUPTED -> "The calling thread was interrupted.";
            case CALLBACK_FAILED -> "A callback of the caller threw.";
        };
    }

    static String table(Outcome outcome) {
        StringBuilder out = new StringBuilder(400);
        out.append(String.format(
                        Locale.ROOT,
                        "%-3s %8s %8s  %-22s %-15s %-16s %-12s %8s %8s  %s%n",
                        "#",
                        "at",
                        "took",
                        "answer",
                        "verdict",
                        "kind",
                        "pace",
                        "hint",
                        "wait",
                        "rule")
                .replace(System.lineSeparator(), "\n"));
        for (Attempt attempt : outcome.attempts()) {
            Decision decision = attempt.decision();
            Optional<Decision> decided = Optional.ofNullable(decision);
            out.append(String.format(
                    Locale.ROOT,
                    "%-3d %8s %8s  %-22s %-15s %-16s %-12s %8s %8s  %s",
                    attempt.number(),
                    Durations.text(attempt.startedAfter()),
                    Durations.text(attempt.took()),
                    code(attempt),
                    decision == null ? "-" : decision.verdict().id(),
                    decision == null ? "-" : decision.kind().id(),
                    decided.flatMap(Decision::pace).map(Pace::id).orElse("-"),
                    decided.flatMap(Decision::retryAfter).map(Durations::text).orElse("-"),
                    attempt.pause().isZero() ? "-" : Durations.text(attempt.pause()),
                    decision == null ? "-" : decision.rule()));
            out.append(attempt.freshConnection() ? " (" + FRESH + ")\n" : "\n");
        }
        return out.toString();
    }

    private static String code(Attempt attempt) {
        Decision decision = attempt.decision();
        String code = decision == null ? null : decision.error().code();
        String text = code == null ? result(attempt) : result(attempt) + " " + code;
        return text.length() <= 22 ? text : text.substring(0, 21) + "…";
    }

    private static String result(Attempt attempt) {
        return attempt.status() != null ? attempt.status().toString() : String.valueOf(attempt.fault());
    }

    static String json(Outcome outcome) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("service", outcome.service());
            json.writeStringField("operation", outcome.operation());
            json.writeStringField("reason", outcome.reason().id());
            json.writeNumberField("totalMs", outcome.total().toMillis());
            json.writeArrayFieldStart("attempts");
            for (Attempt attempt : outcome.attempts()) {
                write(json, attempt);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, Attempt attempt) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", attempt.number());
        json.writeNumberField("startedAfterMs", attempt.startedAfter().toMillis());
        json.writeNumberField("tookMs", attempt.took().toMillis());
        if (attempt.status() == null) {
            json.writeNullField("status");
        } else {
            json.writeNumberField("status", attempt.status());
        }
        write(json, "fault", attempt.fault());
        Decision decision = attempt.decision();
        Optional<Decision> decided = Optional.ofNullable(decision);
        write(json, "verdict", decision == null ? null : decision.verdict().id());
        write(json, "kind", decision == null ? null : decision.kind().id());
        write(json, "pace", decided.flatMap(Decision::pace).map(Pace::id).orElse(null));
        write(json, "code", decision == null ? null : decision.error().code());
        write(json, "rule", decision == null ? null : decision.rule());
        Duration retryAfter = decided.flatMap(Decision::retryAfter).orElse(null);
        if (retryAfter == null) {
            json.writeNullField("hintMs");
        } else {
            json.writeNumberField("hintMs", retryAfter.toMillis());
        }
        json.writeNumberField("waitMs", attempt.pause().toMillis());
        if (attempt.freshConnection()) {
            json.writeBooleanField("freshConnection", true);
        }
        json.writeObjectFieldStart("requestIds");
        if (decision != null) {
            for (Map.Entry<String, String> id : decision.error().requestIds().entrySet()) {
                json.writeStringField(id.getKey(), id.getValue());
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }
}
