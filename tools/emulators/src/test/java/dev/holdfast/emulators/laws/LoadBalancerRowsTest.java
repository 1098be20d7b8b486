package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All rows of the seed document, as a VM would get them: values in the placeholders, on a socket, through every adapter. */
class LoadBalancerRowsTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    record Row(int line, int status, String template, String verdict) {
        String sentence() {
            return template.replace("<ParameterName>", "api-version")
                    .replace("\"ParameterName\"", "\"api-version\"")
                    .replace("<ParameterValue>", "2019-06-01")
                    .replace("<UrlPath>", "/metadata/loadbalancer/frontends")
                    .replace("<Method>", status == 405 ? "POST" : "GET")
                    .replace("…", "1024");
        }

        String body() {
            return "{\"error\":\"" + sentence().replace("\"", "\\\"") + "\"}";
        }

        boolean retry() {
            return verdict.equals("retry");
        }

        @Override
        public String toString() {
            return "row " + line + ": " + status + " " + template;
        }
    }

    static List<Row> rows() throws Exception {
        try (InputStream in = LoadBalancerRowsTest.class.getResourceAsStream("/azure-imds-rows.tsv")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String[]> fields =
                    lines.stream().skip(1).map(line -> line.split("\t")).toList();
            List<Row> rows = new java.util.ArrayList<>();
            for (String[] f : fields) {
                rows.add(new Row(rows.size() + 1, Integer.parseInt(f[2]), f[4], f[6]));
            }
            assertThat(rows).hasSize(14);
            return rows;
        }
    }

    static Stream<Arguments> rowsAndDoors() throws Exception {
        return rows().stream().flatMap(row -> Stream.of(Adapter.values()).map(adapter -> Arguments.of(row, adapter)));
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("rowsAndDoors")
    void eachRowIsDecidedAsTheSeedSaysAndCostsSoManyRequests(Row row, Adapter adapter) throws Exception {
        for (int i = 0; i < (row.retry() ? 1 + row.line() % 2 : 1); i++) {
            bench.answers(Bench.answer(row.status(), row.body()).build());
        }
        bench.answers(Bench.ok());

        Reply reply = adapter.call(bench, bench.azure().build(), ask(row));

        Decision first = reply.outcome().attempts().get(0).decision();
        assertThat(first.verdict().id()).isEqualTo(row.verdict());
        assertThat(first.rule()).startsWith("azure/imds/lb-").doesNotContain("unknown");
        assertThat(first.error().message()).isEqualTo(row.sentence().strip());
        assertThat(first.advice()).isNotBlank();
        if (row.retry()) {
            assertThat(bench.requests()).isEqualTo(2 + row.line() % 2);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("{\"fine\":true}");
            assertThat(reply.outcome().succeeded()).isTrue();
        } else {
            assertThat(bench.requests()).isOne();
            assertThat(reply.status()).isEqualTo(row.status());
            assertThat(reply.body()).isEqualTo(row.body());
            assertThat(reply.outcome().succeeded()).isFalse();
        }
        assertThat(reply.outcome().attempts()).hasSize(bench.requests());
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("rowsAndDoors")
    void aRowThatStaysIsHandedOutWithItsWholeBody(Row row, Adapter adapter) throws Exception {
        bench.script.always(Bench.answer(row.status(), row.body()).build());

        Reply reply = adapter.call(bench, bench.azure().build(), ask(row));

        assertThat(reply.status()).isEqualTo(row.status());
        assertThat(reply.body()).isEqualTo(row.body());
        assertThat(reply.outcome().attempts()).hasSize(bench.requests());
        assertThat(bench.requests()).isEqualTo(row.retry() ? bench.requests() : 1);
        assertThat(bench.requests() > 1).isEqualTo(row.retry());
    }

    private static Ask ask(Row row) {
        return new Ask(row.status() == 405 ? "POST" : "GET", Bench.LOAD_BALANCER, Headers.of());
    }
}
