package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
    private static final String MISSING =
            "{\"error\":\"Missing required parameter \\\"api-version\\\". Please fix the request and retry.\"}";

    @Test
    void aFailureIsExplainedInAlignedLines() {
        Run run = Run.of(
                "explain", "azure/imds", "--status", "400", "--path", "/metadata/loadbalancer", "--body", MISSING);
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines())
                .contains(
                        "service    azure/imds",
                        "operation  loadbalancer",
                        "status     400",
                        "message    Missing required parameter \"api-version\". Please fix the request and retry.",
                        "captured   ParameterName = api-version",
                        "verdict    fail",
                        "kind       invalid_request",
                        "rule       azure/imds/lb-missing-parameter")
                .anyMatch(line -> line.startsWith("source     seed"))
                .anyMatch(line -> line.startsWith("advice     The query lacks"))
                .noneMatch(line -> line.startsWith("pace"));
    }

    @Test
    void aRetrySaysHowLongItWaits() {
        Run throttled = Run.of("explain", "azure/imds", "--status", "429", "--header", "Retry-After: 4");
        assertThat(throttled.outLines())
                .contains(
                        "pace       throttle: waits 1–2, 2–4, 4–8, 8–16 s; up to 5 attempts",
                        "hint       come back in 4 s");
        Run updating = Run.of("explain", "azure/imds", "--status", "410");
        assertThat(updating.outLines())
                .contains("pace       maintenance: waits 5–10, 5–10, 5–10, 5–10 … s; for up to 90 s");
    }

    @Test
    void aHintThatIsTooLongIsSaidToEndTheCall() {
        assertThat(Run.of("explain", "azure/imds", "--status", "503", "--header", "retry-after: 3600")
                        .out())
                .contains("come back in 3600 s, which is longer than the 60 s");
    }

    @Test
    void requestIdsAreShown() {
        assertThat(Run.of("explain", "azure/imds", "--status", "500", "--header", "X-Ms-Request-Id:  abc ")
                        .out())
                .contains("request id x-ms-request-id = abc");
    }

    @Test
    void whatStandsBesideTheErrorIsShown() {
        String body = "{\"Code\":\"Oops\",\"Message\":\"x\",\"AccessDeniedDetail\":{\"AuthAction\":\"slb:X\","
                + "\"NoPermissionType\":\"ImplicitDeny\",\"AuthResource\":\"acs:slb:*\"}}";
        assertThat(Run.of("explain", "alibaba/slb", "--status", "403", "--body", body)
                        .outLines())
                .contains(
                        "code       Oops",
                        "target     slb:X",
                        "further    AccessDeniedDetail ImplicitDeny (acs:slb:*)",
                        "rule       alibaba/slb/no-permission");
    }

    @Test
    void aWholeAddressOutOfALogIsTakenForThePath() {
        String address = "http://169.254.169.254/metadata/loadbalancer?api-version=2020-10-01";
        assertThat(Run.of("explain", "azure/imds", "--status", "404", "--path", address)
                        .out())
                .contains("operation  loadbalancer");
    }

    @Test
    void whatAServerSaidIsNoCommandToTheTerminal() {
        Run run = Run.of(
                "explain", "azure/imds", "--status", "500", "--body", "{\"error\":\"\\u001b[2J\\r gone \\u009b1m\"}");
        assertThat(run.out().chars()).noneMatch(c -> c != '\n' && Character.isISOControl(c));
    }

    @Test
    void jsonHasExactlyTheKeysThatAreDocumented() throws IOException {
        Run run = Run.of("explain", "azure/imds", "--status", "429", "--json", "--header", "x-ms-retry-after-ms: 1500");
        JsonNode json = JsonMapper.builder().build().readTree(run.out());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "service",
                        "status",
                        "verdict",
                        "kind",
                        "pace",
                        "code",
                        "message",
                        "requestId",
                        "retryAfterMs",
                        "renew",
                        "rule",
                        "advice",
                        "parsed");
        assertThat(json.path("verdict").asText()).isEqualTo("retry");
        assertThat(json.path("retryAfterMs").asLong()).isEqualTo(1500);
        assertThat(json.get("message").isNull()).isTrue();
        assertThat(run.outLines()).hasSize(1);
    }

    @Test
    void aSuccessHasNothingToDecide() {
        assertThat(Run.of("explain", "azure/imds", "--status", "204").out())
                .contains("advice     A success: nothing to decide.")
                .doesNotContain("verdict");
        assertThat(Run.of("explain", "azure/imds", "--status", "200", "--path", "/metadata/instance", "--json")
                        .out())
                .contains(
                        "\"verdict\":null,\"kind\":null", "\"rule\":null,\"advice\":\"A success: nothing to decide.\"");
    }

    /** Each operation of each vendor that is known for a failure behind a 2xx. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "azure/vm-inspector|GET|200|/x/diagnosticOperations/1|{'resultStatus':'Failed','errorDetail':{'code':'InternalServerError'}}|result-internal",
                "ibm/vpc-metadata|PUT|200|/identity/v1/token|{'access_token':''}|empty-access-token",
                "huawei/imetal|POST|202|/v1/p/instances/batch-create|{'error_code':'Common.0024'}|common-0024-flow-over-limit",
                "alibaba/metadata|GET|200|/latest/meta-data/ram/security-credentials/r|{'Code':'Failed'}|credentials-code-not-success",
            })
    void aSuccessThatIsAFailureIsExplained(
            String service, String method, String status, String path, String body, String rule) {
        String json = body.replace('\'', '"');
        Run known = Run.of("explain", service, "--status", status, "--method", method, "--path", path, "--body", json);
        assertThat(known.out()).contains("rule       " + service + "/" + rule, "verdict ");
        Run fine = Run.of("explain", service, "--status", status, "--method", "HEAD", "--path", "/", "--body", json);
        assertThat(fine.out()).contains("advice     A success: nothing to decide.");
        Run request = Run.of("explain", service, "--status", status, "--body", json, "--json");
        assertThat(request.out())
                .contains("\"verdict\":null", "A success by its status; name method and path too, because");
    }

    @Test
    void theBodyMayComeFromAFileOrStandardInput(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("body.json"), MISSING);
        String rule = "rule       azure/imds/lb-missing-parameter";
        assertThat(Run.of("explain", "azure/imds", "--status", "400", "--body-file", file.toString())
                        .outLines())
                .contains(rule);
        assertThat(Run.lines(MISSING, "explain", "azure/imds", "--status", "400", "--body-file", "-")
                        .outLines())
                .contains(rule);
        assertThat(Run.of("explain", "azure/imds", "--status", "400", "--body-file", folder.toString())
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void aBodyThatBeginsWithAnAtSignIsNoFileOfArguments() {
        assertThat(Run.of("explain", "azure/imds", "--status", "500", "--body", "@nothing")
                        .out())
                .contains("message    @nothing");
    }

    @Test
    void anOutputThatIsLostEndsQuietlyWithOne() {
        byte[] endless = "{\"status\":500}\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        ByteArrayInputStream in = new ByteArrayInputStream(endless);
        PrintStream broken = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        int exit = Main.run(new String[] {"explain", "azure/imds", "--jsonl"}, in, broken, broken);
        assertThat(exit).isEqualTo(1);
        assertThat(in.available()).as("bytes left unread").isPositive();
    }
}
