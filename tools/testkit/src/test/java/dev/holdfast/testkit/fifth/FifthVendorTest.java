package dev.holdfast.testkit.fifth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another cloud's codes, wholly in data and a few lines, without any change in the library. */
class FifthVendorTest {
    private static final Service SERVICE = OracleCompute.in("eu-frankfurt-1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|NotAuthenticated|Date 'Wed, 26 Apr 2023 13:08:43 UTC' is not within allowed clock skew. Current 'Wed, 26 Apr 2023 14:23:55 UTC', valid datetime range: ['a', 'b']|reauthenticate|clock-skew",
                "401|NotAuthenticated|Failed to verify the HTTP(S) Signature|reauthenticate|not-authenticated",
                "500|InternalError|Out of host capacity.|fail|no-capacity",
                "500|InternalError|Internal error occurred|retry|internal-error",
                "409|IncorrectState|The VCN is being made|retry|incorrect-state",
                "404|NamespaceNotFound|no|fail|any-not-found",
                "418|Teapot|no|fail|default/418",
                "503|Teapot|no|retry|default/503",
            })
    void codeStatusAndMessageDecide(int status, String code, String message, String verdict, String rule) {
        Decision decision = SERVICE.decide(ResponseView.of(
                status,
                HeaderFields.of("opc-request-id", "A1"),
                "{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}"));

        assertThat(decision.verdict().id()).isEqualTo(verdict);
        assertThat(decision.rule()).isEqualTo(rule.contains("/") ? rule : "oracle/compute/" + rule);
        assertThat(decision.error().requestId()).isEqualTo("A1");
    }

    @Test
    void itIsCalledLikeTheOthersAndTakesRulesLikeThem() throws Exception {
        VirtualTime time = VirtualTime.skipping();
        try (MockWebServer server = new MockWebServer()) {
            String full = "{\"code\":\"InternalError\",\"message\":\"Out of host capacity.\"}";
            server.enqueue(new MockResponse.Builder()
                    .code(429)
                    .body("{\"code\":\"TooManyRequests\"}")
                    .build());
            server.enqueue(new MockResponse.Builder().code(500).body(full).build());
            server.enqueue(new MockResponse.Builder().body("[]").build());
            server.start();
            Holdfast patient = Holdfast.builder(SERVICE)
                    .rule(
                            "capacity",
                            Rule.on(500).message("Out of host capacity").retry(ErrorKind.QUOTA_EXCEEDED, Pace.STARTUP))
                    .endpoint(server.url("/").uri())
                    .timeSource(time)
                    .scheduler(time)
                    .build();
            Request request = new Request.Builder()
                    .url("https://iaas.eu-frankfurt-1.oraclecloud.com/20160918/instances")
                    .build();
            try (Response response = HoldfastOkHttp.wrap(new OkHttpClient(), patient)
                    .newCall(request)
                    .execute()) {
                Outcome outcome = HoldfastOkHttp.outcomeOf(response);
                assertThat(response.code()).isEqualTo(200);
                assertThat(outcome.attempts())
                        .extracting(attempt -> attempt.decision() == null
                                ? null
                                : attempt.decision().rule())
                        .containsExactly("oracle/compute/too-many-requests", "user/capacity", null);
            }
        }
    }

    /** The smallest one: a table in a text. */
    @Test
    void aTableMayBeAText() {
        Service tiny = Service.builder("tiny/cloud")
                .baseUrl("http://127.0.0.1")
                .operation(Operation.named("any").retrySafety(RetrySafety.ALWAYS))
                .catalogue(Catalogue.of("tiny/cloud", """
                        id	operation	status	code	message	verdict	kind	pace	processed	advice	source
                        busy	-	409	-	The {thing} is busy	retry	conflict	-	no	Wait.	own
                        """))
                .build();
        Decision decision =
                tiny.decide(ResponseView.of(409, HeaderFields.empty(), "{\"detail\":\"the disk is BUSY.\"}"));
        assertThat(decision.rule()).isEqualTo("tiny/cloud/busy");
        assertThat(decision.error().captured()).containsEntry("thing", "disk");
    }

    /** Whatever the page shows stands in the files beside this test, to the letter but for blanks. */
    @Test
    void thePageShowsWhatIsCompiledHere() throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "add-a-vendor.md"));
        StringBuilder files = new StringBuilder();
        for (String folder : new String[] {"java", "resources"}) {
            try (Stream<Path> found = Files.list(Path.of("src/test", folder, "dev/holdfast/testkit/fifth"))) {
                for (Path file : found.toList()) {
                    files.append(withoutBlanks(Files.readString(file)));
                }
            }
        }
        List<String> shown = Pattern.compile("```(?:java|tsv)\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(shown)
                .hasSize(7)
                .allSatisfy(block -> assertThat(files.indexOf(withoutBlanks(block)))
                        .as("where this stands in the files: %s", block)
                        .isNotNegative());
    }

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\s", "");
    }
}
