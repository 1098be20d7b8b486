package dev.holdfast.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.ServiceError;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes explanations as JSON objects, one a line. */
final class DecisionJson implements AutoCloseable {
    // The stream outlives this writer; a broken pipe shows on the stream.
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .rootValueSeparator("")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final JsonGenerator json;

    /** Writes through a character encoder, because Jackson's own refuses half surrogates, and any text may hold one. */
    DecisionJson(PrintStream out) throws IOException {
        json = JSON.createGenerator(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    void write(SeenAnswer seen) throws IOException {
        Decision decision = seen.decision();
        json.writeStartObject();
        json.writeStringField("service", seen.service().id());
        json.writeNumberField("status", seen.answer().status());
        if (decision == null) {
            nulls("verdict", "kind", "pace", "code", "message", "requestId", "retryAfterMs", "renew", "rule");
            json.writeStringField("advice", seen.success());
            json.writeBooleanField("parsed", false);
        } else {
            write(decision);
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    void write(BadLine bad, int number) throws IOException {
        json.writeStartObject();
        json.writeStringField("error", bad.getMessage());
        json.writeNumberField("line", number);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    void flush() throws IOException {
        json.flush();
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    private void write(Decision decision) throws IOException {
        ServiceError error = decision.error();
        Duration retryAfter = decision.retryAfter().orElse(null);
        text("verdict", decision.verdict().id());
        text("kind", decision.kind().id());
        text("pace", decision.pace().map(Pace::id).orElse(null));
        text("code", error.code());
        text("message", error.message());
        text("requestId", error.requestId());
        if (retryAfter == null) {
            json.writeNullField("retryAfterMs");
        } else {
            json.writeNumberField("retryAfterMs", retryAfter.toMillis());
        }
        text("renew", renewal(decision));
        text("rule", decision.rule());
        text("advice", decision.advice());
        json.writeBooleanField("parsed", error.parsed());
    }

    static @Nullable String renewal(Decision decision) {
        return decision.verdict() instanceof Verdict.Reauthenticate renew
                ? renew.renewal().name().toLowerCase(Locale.ROOT)
                : null;
    }

    private void nulls(String... names) throws IOException {
        for (String name : names) {
            json.writeNullField(name);
        }
    }

    private void text(String name, @Nullable String value) throws IOException {
        json.writeStringField(name, value);
    }
}
