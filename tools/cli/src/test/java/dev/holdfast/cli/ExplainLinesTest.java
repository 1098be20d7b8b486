package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainLinesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MANY = 20_000;

    private static List<JsonNode> explain(String input, String... service) throws IOException {
        return explain(input.getBytes(StandardCharsets.UTF_8), service);
    }

    private static List<JsonNode> explain(byte[] input, String... service) throws IOException {
        List<String> args = new ArrayList<>(List.of("explain", "--jsonl"));
        args.addAll(List.of(service));
        Run run = Run.of(input, args.toArray(String[]::new));
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        List<JsonNode> answers = new ArrayList<>();
        for (String line : run.out().split("\n", -1)) {
            if (!line.isEmpty()) {
                answers.add(JSON.readTree(line));
            }
        }
        return answers;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|the line is empty",
                "`  `|the line is empty",
                "nonsense|the line is not JSON at column",
                "{\"service\":\"azure/imds\",\"status\":400|the line is not JSON",
                "{\"service\":\"azure/imds\",\"status\":400} {}|the line is not JSON",
                "[]|the line must be a JSON object, but is an array",
                "null|the line must be a JSON object, but is null",
                "{\"status\":400}|service is missing",
                "{\"service\":null,\"status\":400}|service is missing",
                "{\"service\":7,\"status\":400}|service must be a string, but is 7",
                "{\"service\":\"azure/imsd\",\"status\":400}|service \"azure/imsd\" is not a known service; known: azure/imds",
                "{\"service\":\"azure/imds\"}|status is missing",
                "{\"service\":\"azure/imds\",\"status\":null}|status is missing",
                "{\"service\":\"azure/imds\",\"status\":\"400\"}|status must be an integer from 100 to 999, but is \"400\"",
                "{\"service\":\"azure/imds\",\"status\":400.0}|status must be an integer from 100 to 999, but is 400.0",
                "{\"service\":\"azure/imds\",\"status\":99}|from 100 to 999, but is 99",
                "{\"service\":\"azure/imds\",\"status\":1000}|from 100 to 999, but is 1000",
                "{\"service\":\"azure/imds\",\"status\":18446744073709551716}|from 100 to 999, but is 18446744073709551716",
                "{\"service\":\"azure/imds\",\"status\":400,\"headers\":[\"A: b\"]}|headers must be an object",
                "{\"service\":\"azure/imds\",\"status\":400,\"headers\":{\"A\":1}}|headers: \"A\" must be a string or a list of strings, but has 1",
                "{\"service\":\"azure/imds\",\"status\":400,\"headers\":{\"A\":[\"b\",null]}}|headers: \"A\" must be",
                "{\"service\":\"azure/imds\",\"status\":400,\"method\":1}|method must be a string, but is 1",
                "{\"service\":\"azure/imds\",\"status\":400,\"path\":[]}|path must be a string, but is an array",
                "{\"service\":\"azure/imds\",\"status\":400,\"body\":{\"error\":\"x\"}}|body must be a string, but is an object",
                "{\"service\":\"azure/imds\",\"status\":400,\"body\":\"\",\"bodyBase64\":\"\"}|body and bodyBase64 are both given",
                "{\"service\":\"azure/imds\",\"status\":400,\"bodyBase64\":\"?\"}|bodyBase64 is not base64",
            })
    void aBadLineIsAnsweredWithItsFaultAndTheRunGoesOn(String bad, String fault) throws IOException {
        String good = "{\"service\":\"azure/imds\",\"status\":410}";
        List<JsonNode> answers = explain(good + "\n" + bad + "\n" + good + "\n");
        assertThat(answers).hasSize(3);
        assertThat(answers.get(1).path("error").asText()).startsWith(fault.startsWith("from") ? "status" : fault);
        assertThat(answers.get(1).path("error").asText()).contains(fault);
        assertThat(answers.get(1).path("line").asInt()).isEqualTo(2);
        assertThat(answers.get(0)).isEqualTo(answers.get(2));
        assertThat(answers.get(2).path("kind").asText()).isEqualTo("updating");
    }

    @Test
    void aFaultDoesNotRepeatTheLine() throws IOException {
        assertThat(explain("{\"body\": secretSecretSecret}").get(0).toString()).doesNotContain("secretSecret");
    }

    @Test
    void onlyWhatFollowsTheLastLineFeedIsNoLine() throws IOException {
        assertThat(explain("")).isEmpty();
        assertThat(explain("{\"status\":500}", "azure/imds")).hasSize(1);
        assertThat(explain("{\"status\":500}\n", "azure/imds")).hasSize(1);
        assertThat(explain("{\"status\":500}\r\n{\"status\":500}\r\n", "azure/imds"))
                .hasSize(2);
        assertThat(explain("\n\n", "azure/imds")).hasSize(2).allMatch(answer -> answer.has("error"));
        assertThat(explain("\uFEFF{\"status\":500}", "azure/imds").get(0).has("error"))
                .isFalse();
    }

    @Test
    void aLineNamesItsServiceOrTakesTheOneOfTheCommand() throws IOException {
        assertThat(explain("{\"status\":500}\n{\"service\":\"x\",\"status\":500}", "azure/imds"))
                .extracting(answer -> answer.has("error"))
                .containsExactly(false, true);
    }

    @Test
    void unknownKeysAndNullsAreIgnored() throws IOException {
        JsonNode answer = explain(
                        "{\"service\":\"azure/imds\",\"status\":429,\"method\":null,\"path\":null,\"headers\":null,"
                                + "\"body\":null,\"bodyBase64\":\"e30=\",\"note\":{\"a\":[1]}}")
                .get(0);
        assertThat(answer.path("kind").asText()).isEqualTo("throttled");
    }

    @Test
    void pathMethodHeadersAndBodyDecide() throws IOException {
        String body = Base64.getEncoder()
                .encodeToString("{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}"
                        .getBytes(StandardCharsets.UTF_8));
        JsonNode answer = explain("{\"service\":\"azure/imds\",\"status\":400,\"method\":\"get\","
                        + "\"path\":\"/metadata/identity/oauth2/token?resource=x\","
                        + "\"headers\":{\"X-MS-Request-Id\":[\"one\",\"two\"]},\"bodyBase64\":\"" + body + "\"}")
                .get(0);
        assertThat(answer.path("rule").asText()).isEqualTo("azure/imds/identity-unknown-400");
        assertThat(answer.path("code").asText()).isEqualTo("invalid_request");
        assertThat(answer.path("message").asText()).isEqualTo("Identity not found");
        assertThat(answer.path("requestId").asText()).isEqualTo("one");
        assertThat(answer.path("parsed").asBoolean()).isTrue();
        assertThat(answer.get("pace").isNull()).isTrue();
    }

    @Test
    void bytesThatAreNoTextAreReplaced() throws IOException {
        byte[] line = "{\"status\":500,\"body\":\"{\\\"error\\\":\\\"bad ? \\\\ud800 end\\\"}\"}"
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == '?' ? (byte) 0xff : line[i];
        }
        assertThat(explain(line, "azure/imds").get(0).path("message").asText()).startsWith("bad \uFFFD ");
    }

    @Test
    void aLineOfMegabytesIsReadAndOneBeyondAllMeasureIsAFault() throws IOException {
        String head = "{\"status\":500,\"body\":\"";
        String input = head + "x".repeat(5_000_000) + "\"}\n" + head + "x".repeat(InputLines.LONGEST) + "\"}\n"
                + "{\"status\":410}\n";
        List<JsonNode> answers = explain(input, "azure/imds");
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).path("kind").asText()).isEqualTo("unavailable");
        assertThat(answers.get(1).path("error").asText()).contains("longer than " + InputLines.LONGEST);
        assertThat(answers.get(2).path("kind").asText()).isEqualTo("updating");
    }

    @Test
    void twentyThousandLinesAreAnsweredInOrder() throws IOException {
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            input.append("{\"status\":")
                    .append(400 + i % 200)
                    .append(",\"path\":\"/metadata/loadbalancer\",\"body\":\"{\\\"error\\\":\\\"number ")
                    .append(i)
                    .append("\\\"}\"}\n");
        }
        List<JsonNode> answers = explain(input.toString(), "azure/imds");
        assertThat(answers).hasSize(MANY);
        for (int i = 0; i < MANY; i++) {
            assertThat(answers.get(i).path("status").asInt()).isEqualTo(400 + i % 200);
            assertThat(answers.get(i).path("message").asText()).isEqualTo("number " + i);
        }
    }

    @Test
    void whoeverAsksLineByLineIsAnsweredBeforeTheNextRead() {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        List<Integer> answered = new ArrayList<>();
        InputStream line = new ByteArrayInputStream("{\"status\":500}\n".getBytes(StandardCharsets.UTF_8));
        InputStream asksAgain = new InputStream() {
            @Override
            public int read() {
                answered.add(seen.toString(StandardCharsets.UTF_8).split("\n", -1).length - 1);
                return -1;
            }
        };
        InputStream in = new SequenceInputStream(Collections.enumeration(List.of(line, asksAgain)));
        PrintStream out = new PrintStream(seen, false, StandardCharsets.UTF_8);
        assertThat(Main.run(new String[] {"explain", "--jsonl", "azure/imds"}, in, out, out))
                .isZero();
        assertThat(answered).startsWith(1);
    }
}
