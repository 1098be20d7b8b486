package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every status and body shape that Azure IMDS, its relays and those who answer in its place were seen to give. */
class AzureAnswersTest {
    private static final Map<String, String> TARGETS = Map.of(
            "instance", Bench.INSTANCE,
            "token", Bench.TOKEN,
            "loadbalancer", Bench.LOAD_BALANCER,
            "versions", "/metadata/versions",
            "attested", "/metadata/attested/document?api-version=2020-09-01",
            "scheduledevents", "/metadata/scheduledevents?api-version=2020-07-01",
            "other", "/latest/meta-data");

    @RegisterExtension
    final Bench bench = Bench.skipping();

    record Case(
            String name,
            String operation,
            int status,
            String server,
            String body,
            String verdict,
            String kind,
            String stop) {
        static Case of(String line) {
            String[] f = line.split("\t", -1);
            return new Case(f[0], f[1], Integer.parseInt(f[2]), f[3], f[4], f[5], f[6], f[7]);
        }

        MockResponse response() {
            MockResponse.Builder builder =
                    new MockResponse.Builder().code(status).body(body);
            if (!server.equals("none")) {
                builder.addHeader("Server", server.equals("imds") ? "IMDS/150.870.65.1854" : server);
            }
            return builder.build();
        }

        @Override
        public String toString() {
            return name + ": " + status + " " + operation;
        }
    }

    static List<Case> cases() throws Exception {
        try (InputStream in = AzureAnswersTest.class.getResourceAsStream("/azure-imds-answers.tsv")) {
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return table.lines().skip(2).map(Case::of).toList();
        }
    }

    static Stream<Arguments> casesAndDoors() throws Exception {
        return cases().stream()
                .flatMap(each -> Stream.of(Adapter.values()).map(adapter -> Arguments.of(each, adapter)));
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("casesAndDoors")
    void eachAnswerGetsItsVerdictAndItsNumberOfRequests(Case each, Adapter adapter) throws Exception {
        bench.script.always(each.response());

        Reply reply = adapter.call(bench, bench.azure().build(), Ask.get(TARGETS.get(each.operation())));

        Decision decision = reply.outcome().attempts().get(0).decision();
        assertThat(decision.verdict().id()).isEqualTo(each.verdict());
        assertThat(decision.kind().id()).isEqualTo(each.kind());
        assertThat(reply.outcome().reason().id()).isEqualTo(each.stop());
        assertThat(reply.status()).isEqualTo(each.status());
        assertThat(reply.body()).isEqualTo(each.body());
        assertThat(reply.outcome().attempts()).hasSize(bench.requests());
        switch (each.stop()) {
            case "failed" -> assertThat(bench.requests()).isOne();
            case "attempts" -> assertThat(bench.requests()).isEqualTo(5);
            default -> {
                // 60 s or 90 s of waits of 5 to 10 s each, the first ones of a start being shorter.
                boolean update = each.kind().equals("updating");
                assertThat(bench.requests()).isBetween(update ? 10 : 9, update ? 19 : 16);
                assertThat(bench.time.elapsed()).isEqualTo(Duration.ofSeconds(update ? 90 : 60));
            }
        }
    }
}
