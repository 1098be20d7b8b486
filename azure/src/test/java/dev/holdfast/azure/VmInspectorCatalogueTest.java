package dev.holdfast.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.catalogue.CatalogueRow;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row, rendered, is won by itself: none is shadowed by another, in any operation that it holds for. */
class VmInspectorCatalogueTest {
    private static final Map<String, RequestView> REQUESTS = Map.of(
            "run", RequestView.of("POST", "/x/diagnostics/diskInspection/run"),
            "operation", RequestView.of("GET", "/x/diagnosticOperations/1"),
            "register", RequestView.of("POST", "/x/diagnostics/diskInspection/registerStorageConfiguration"),
            "validate", RequestView.of("POST", "/x/diagnostics/diskInspection/validateStorageConfiguration"),
            "list", RequestView.of("GET", "/x/diagnostics"));

    /** Rows for any operation have sharper sisters for these. */
    private static final Map<String, Set<String>> BUT_NOT = Map.of(
            "gateway-timeout", Set.of("run"),
            "status-404", Set.of("operation"),
            "status-410", Set.of("operation"),
            "status-504", Set.of("run"));

    static List<CatalogueRow> rows() {
        return AzureVmInspector.SERVICE.catalogue().rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isWonByItself(CatalogueRow row) {
        assertThat(REQUESTS.keySet()).containsAll(row.operations());
        Set<String> operations = row.operations().isEmpty() ? REQUESTS.keySet() : row.operations();
        for (String operation : operations) {
            if (BUT_NOT.getOrDefault(row.id(), Set.of()).contains(operation)) {
                continue;
            }
            RequestView request = REQUESTS.get(operation);

            Decision decision = row.status().equals("200")
                    ? AzureVmInspector.SERVICE
                            .inspect(rendered(row, "{\"resultStatus\":\"Failed\",\"errorDetail\":"), request)
                            .orElseThrow()
                    : AzureVmInspector.SERVICE.decide(rendered(row, "{\"error\":"), request);

            assertThat(decision.rule()).isEqualTo("azure/vm-inspector/" + row.id());
            assertThat(decision.verdict()).isEqualTo(row.verdict());
            assertThat(row.source()).doesNotContain("vendors/");
            assertThat(row.advice()).endsWith(".");
        }
    }

    private static ResponseView rendered(CatalogueRow row, String start) {
        int status = switch (row.status()) {
            case "*", "4xx" -> 418;
            case "5xx" -> 599;
            default -> Integer.parseInt(row.status());
        };
        String message = row.message() == null ? "some words" : row.message().render("sample 7");
        String code = row.code() == null ? "" : row.code().replace("*", "Xyzzy");
        return InspectorRow.answer(
                status, start + "{\"code\":\"" + code + "\",\"message\":\"" + message.replace("\"", "\\\"") + "\"}}");
    }

    @Test
    void namesAndSentencesAreUnique() {
        assertThat(rows())
                .extracting(CatalogueRow::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z0-9.-]+"));
        assertThat(rows()).extracting(CatalogueRow::advice).doesNotHaveDuplicates();
    }
}
