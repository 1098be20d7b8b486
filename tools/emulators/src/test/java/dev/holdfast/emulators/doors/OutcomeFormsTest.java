package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import java.io.IOException;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One outcome in its three forms: a line for an operator at three in the morning, a table, JSON; and what an exception keeps of earlier faults. */
class OutcomeFormsTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Outcome throttledThenRefused(Adapter adapter) throws Exception {
        bench.answers(
                Bench.answer(429, "{\"error\":\"too_many\",\"error_description\":\"slow down\"}")
                        .addHeader("Retry-After", "2")
                        .build(),
                Bench.answer(400, "{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}")
                        .addHeader("x-ms-request-id", "abc-1")
                        .build());
        return adapter.call(bench, bench.azure().build(), Ask.get(Bench.TOKEN)).outcome();
    }

    @ParameterizedTest
    @EnumSource
    void theLineSaysWhoHowItEndedEachAttemptAndWhatToDo(Adapter adapter) throws Exception {
        Outcome outcome = throttledThenRefused(adapter);
        assertThat(outcome.toString())
                .matches(
                        "azure/imds identity: gave up \\(failed\\) after 2 attempts in [23](\\.\\d)? s "
                                + "\\[429 throttled hint 2 s \\+[23](\\.\\d)? s, 400 \\w+] .+\\.? \\(azure/imds.*, request id abc-1\\)")
                .contains(outcome.decision().advice())
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @EnumSource
    void theTableHasALineAnAttemptWithHintAndWait(Adapter adapter) throws Exception {
        List<String> lines = throttledThenRefused(adapter).table().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).trim().split(" +"))
                .containsExactly("#", "at", "took", "answer", "verdict", "kind", "pace", "hint", "wait", "rule");
        assertThat(lines.get(1))
                .containsPattern("^1 .*429 too_many +retry +throttled +throttle +2 s +[23](\\.\\d)? s  ");
        assertThat(lines.get(2)).containsPattern("^2 .*400 invalid_request +fail +\\w+ +- +- +-  azure/imds");
    }

    @ParameterizedTest
    @EnumSource
    void theJsonIsReadBackWhole(Adapter adapter) throws Exception {
        Outcome outcome = throttledThenRefused(adapter);
        JsonNode json = new ObjectMapper().readTree(outcome.json());
        assertThat(json.get("service").asText()).isEqualTo("azure/imds");
        assertThat(json.get("operation").asText()).isEqualTo("identity");
        assertThat(json.get("reason").asText()).isEqualTo("failed");
        assertThat(json.get("totalMs").asLong()).isEqualTo(outcome.total().toMillis());
        assertThat(json.get("attempts")).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Attempt attempt = outcome.attempts().get(i);
            JsonNode read = json.get("attempts").get(i);
            assertThat(read.get("number").asInt()).isEqualTo(i + 1);
            assertThat(read.get("status").asInt()).isEqualTo(attempt.status());
            assertThat(read.get("fault").isNull()).isTrue();
            assertThat(read.get("verdict").asText())
                    .isEqualTo(attempt.decision().verdict().id());
            assertThat(read.get("kind").asText())
                    .isEqualTo(attempt.decision().kind().id());
            assertThat(read.get("rule").asText()).isEqualTo(attempt.decision().rule());
            assertThat(read.get("waitMs").asLong()).isEqualTo(attempt.pause().toMillis());
        }
        assertThat(json.at("/attempts/0/hintMs").asLong()).isEqualTo(2_000);
        assertThat(json.at("/attempts/1/hintMs").isNull()).isTrue();
        assertThat(json.at("/attempts/1/requestIds/x-ms-request-id").asText()).isEqualTo("abc-1");
    }

    @ParameterizedTest
    @EnumSource
    void earlierFaultsAreSuppressedOntoTheLast(Adapter adapter) throws Exception {
        bench.script.always(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        Reply reply = adapter.call(bench, bench.azure().maxAttempts(3).build(), Ask.get(Bench.INSTANCE));
        assertThat(reply.outcome().attempts()).hasSize(3).allSatisfy(attempt -> {
            assertThat(attempt.status()).isNull();
            assertThat(attempt.fault()).isNotEmpty();
        });
        assertThat(reply.thrown().getSuppressed())
                .filteredOn(IOException.class::isInstance)
                .hasSize(2);
        assertThat(reply.outcome().toString()).contains("after 3 attempts").contains(" +");
    }

    /** Guards CallState.note: of a fault only the class is kept, because clients echo what they were given in their messages. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theMessageOfAFaultIsInNoneOfThem(boolean async) {
        bench.client = bench.client(builder -> builder.addInterceptor(chain -> {
            throw new IOException("Unexpected char in Authorization value: Bearer s3cret");
        }));
        Outcome outcome = Adapter.reply(bench.call(bench.azure()), async).outcome();
        assertThat(outcome.attempts()).isNotEmpty();
        assertThat(outcome + outcome.table() + outcome.json()).doesNotContain("s3cret");
    }
}
