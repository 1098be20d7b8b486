package dev.holdfast.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.error.Answer;
import dev.holdfast.core.error.Decision;
import dev.holdfast.core.error.RequestView;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
            for (Answer answer : SeedRow.shapes(row.status(), row.code(), message)) {
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

    /** Where rows of one status and code agree, they decide; where they do not, a pattern or the status does, and none of them is a retry of a 4xx. */
    @ParameterizedTest
    @MethodSource("rows")
    void withAnUnknownMessageFallsBack(SeedRow row) throws IOException {
        Map<String, Set<String>> verdicts = new HashMap<>();
        for (SeedRow other : rows()) {
            verdicts.computeIfAbsent(other.status() + other.code(), pair -> new HashSet<>())
                    .add(other.verdict());
        }
        Set<String> pair = verdicts.get(row.status() + row.code());

        Decision decision =
                AlibabaSlb.SERVICE.decide(SeedRow.shapes(row.status(), row.code(), "nobody has ever seen this sentence")
                        .get(0));

        String expected = switch (row.status() + row.code()) {
            // These two have a row of their own for any message.
            case "400ServiceUnavailable", "503ServiceUnavailable", "500InternalError" -> "retry";
            default -> pair.size() == 1 ? pair.iterator().next() : row.status() < 500 ? "fail" : "retry";
        };
        assertThat(decision.verdict().id()).isEqualTo(expected);
        assertThat(decision.rule()).startsWith("alibaba/slb/");
    }
}
