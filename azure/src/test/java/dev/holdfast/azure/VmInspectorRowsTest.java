package dev.holdfast.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All 39 rows of the vendor's table, in every form in which Resource Manager sends them. */
class VmInspectorRowsTest {
    private static final String LOCATION =
            "/subscriptions/88fd8cb2/providers/Microsoft.Compute/locations/southcentralus";
    private static final RequestView RUN = RequestView.of("POST", LOCATION + "/diagnostics/diskInspection/run");
    private static final RequestView RESULT = RequestView.of("GET", LOCATION + "/diagnosticOperations/57b891ab");

    static List<InspectorRow> rows() throws IOException {
        return InspectorRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void getsItsVerdict(InspectorRow row) {
        Set<String> rules = new HashSet<>();
        for (String message : List.of(row.sentence(), row.plain(), row.otherwise())) {
            for (ResponseView answer : InspectorRow.shapes(row.status(), row.code(), message)) {
                for (Decision decision : List.of(
                        AzureVmInspector.SERVICE.decide(answer), AzureVmInspector.SERVICE.decide(answer, RUN))) {
                    assertThat(decision.verdict().id()).isEqualTo(row.verdict());
                    assertThat(decision.error().code()).isEqualTo(row.code());
                    rules.add(decision.rule());
                }
            }
        }
        assertThat(rules).hasSize(1).noneMatch(rule -> rule.contains("@"));
    }

    @Test
    void eachRowIsARuleOfItsOwn() throws IOException {
        assertThat(rows().stream()
                        .map(row -> InspectorRow.shapes(row.status(), row.code(), row.sentence()))
                        .map(shapes ->
                                AzureVmInspector.SERVICE.decide(shapes.get(0)).rule())
                        .collect(Collectors.toSet()))
                .hasSize(39);
    }

    /** Rows of one status and code that agree decide; else the status does. Either way 4xx but 429 fail and 5xx come back. */
    @ParameterizedTest
    @MethodSource("rows")
    void withAnUnknownMessageFallsBack(InspectorRow row) {
        Decision decision = AzureVmInspector.SERVICE.decide(
                InspectorRow.shapes(row.status(), row.code(), "nobody has ever seen this sentence")
                        .get(0));

        assertThat(decision.verdict().id()).isEqualTo(row.status() >= 500 || row.status() == 429 ? "retry" : "fail");
        assertThat(decision.rule()).startsWith("azure/vm-inspector/");
    }

    /** An inspection that has failed stays failed: asking for its result again gets the same. */
    @ParameterizedTest
    @MethodSource("rows")
    void asTheResultOfAnInspectionItIsAlwaysAFailure(InspectorRow row) {
        String detail = "{\"code\":\"" + row.code() + "\",\"message\":\""
                + row.sentence().replace("\"", "\\\"") + "\"}";
        for (String field : List.of("resultStatus", "result")) {
            Decision decision = AzureVmInspector.SERVICE
                    .inspect(
                            InspectorRow.answer(
                                    200,
                                    "{\"message\":\"DiskInspection failed.\",\"createdUTC\":\"2024-03-05T22:15:44Z\",\""
                                            + field + "\":\"Failed\",\"errorDetail\":" + detail + "}",
                                    "x-ms-request-id",
                                    "57b891ab"),
                            RESULT)
                    .orElseThrow();

            assertThat(decision.verdict()).isEqualTo(Verdict.fail());
            assertThat(decision.error().code()).isEqualTo(row.code());
            assertThat(decision.error().message()).isEqualTo(row.sentence());
            assertThat(decision.error().requestId()).isEqualTo("57b891ab");
        }
    }
}
