package dev.holdfast.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All 205 rows of the vendor's document, in every form in which the gateway sends them. */
class SlbRowsTest {
    private static final RequestView READ = RequestView.of("GET", "/?Action=DescribeLoadBalancers");
    private static final RequestView WRITE = RequestView.of("POST", "/?Action=DeleteLoadBalancer");

    static List<SeedRow> rows() throws IOException {
        return SeedRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void getsItsVerdict(SeedRow row) {
        String rule = null;
        for (String message : List.of(row.message(), row.sentence(), row.otherwise())) {
            for (ResponseView answer : SeedRow.shapes(row.status(), row.code(), message)) {
                for (Decision decision : List.of(
                        AlibabaSlb.SERVICE.decide(answer),
                        AlibabaSlb.SERVICE.decide(answer, READ),
                        AlibabaSlb.in("eu-central-1").decide(answer, WRITE))) {
                    assertThat(decision.verdict().id()).isEqualTo(row.verdict());
                    assertThat(decision.error().code()).isEqualTo(row.code());
                    assertThat(decision.error().requestIds()).containsEntry("RequestId", "4C467B38");
                    assertThat(decision.rule()).doesNotContain("@").isEqualTo(rule == null ? decision.rule() : rule);
                    rule = decision.rule();
                }
            }
        }
    }

    @Test
    void eachRowIsARuleOfItsOwn() throws IOException {
        Set<String> rules = new HashSet<>();
        for (SeedRow row : rows()) {
            rules.add(AlibabaSlb.SERVICE
                    .decide(SeedRow.shapes(row.status(), row.code(), row.message())
                            .get(0))
                    .rule());
        }
        assertThat(rules).hasSize(205);
    }

    /** The verdict of each status and code with a sentence that the document does not have, as it is written down in unknown-messages.tsv. */
    static List<Arguments> unknownMessages() throws IOException {
        try (InputStream in = SlbRowsTest.class.getResourceAsStream("/unknown-messages.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(cells -> Arguments.of(Integer.parseInt(cells[0]), cells[1], cells[2]))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("unknownMessages")
    void withAnUnknownMessageFallsBack(int status, String code, String verdict) {
        Decision decision = AlibabaSlb.SERVICE.decide(SeedRow.shapes(status, code, "nobody has ever seen this sentence")
                .get(0));
        assertThat(decision.verdict().id()).isEqualTo(verdict);
        assertThat(decision.rule()).startsWith("alibaba/slb/");
    }

    @Test
    void eachStatusAndCodeOfTheDocumentHasAVerdictForUnknownMessages() throws IOException {
        Set<String> pairs = new HashSet<>();
        for (SeedRow row : rows()) {
            pairs.add(row.status() + " " + row.code());
        }
        assertThat(unknownMessages())
                .extracting(each -> each.get()[0] + " " + each.get()[1])
                .containsExactlyInAnyOrderElementsOf(pairs);
    }
}
