package dev.holdfast.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.catalogue.CatalogueRow;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row, rendered, is won by itself: none is shadowed by another, in any operation that it holds for. */
class CatalogueTest {
    private static final Map<Service, Map<String, RequestView>> REQUESTS = Map.of(
            AlibabaSlb.SERVICE,
            Map.of(
                    "read", RequestView.of("GET", "/?Action=DescribeRegions"),
                    "write", RequestView.of("GET", "/?Action=DeleteLoadBalancer"),
                    "write-with-token", RequestView.of("GET", "/?Action=CreateLoadBalancer&ClientToken=1")),
            AlibabaMetadata.SERVICE,
            Map.of(
                    "metadata", RequestView.of("GET", "/latest/user-data"),
                    "credentials", RequestView.of("GET", "/latest/meta-data/ram/security-credentials/web"),
                    "token", RequestView.of("PUT", "/latest/api/token")));

    static Stream<Arguments> rows() {
        return REQUESTS.keySet().stream()
                .flatMap(service -> service.catalogue().rows().stream().map(row -> Arguments.of(service, row)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rows")
    void isWonByItself(Service service, CatalogueRow row) {
        Map<String, RequestView> requests = REQUESTS.get(service);
        assertThat(requests.keySet()).containsAll(row.operations());
        Set<String> operations = row.operations().isEmpty() ? requests.keySet() : row.operations();
        for (String operation : operations) {
            ResponseView answer = rendered(row);

            Decision decision = row.status().equals("200")
                    ? service.inspect(answer, requests.get(operation)).orElseThrow()
                    : service.decide(answer, requests.get(operation));

            assertThat(decision.rule()).isEqualTo(service.id() + "/" + row.id());
            assertThat(decision.verdict()).isEqualTo(row.verdict());
            assertThat(row.source()).doesNotContain("vendors/");
            assertThat(row.advice()).endsWith(".");
        }
    }

    private static ResponseView rendered(CatalogueRow row) {
        int status = switch (row.status()) {
            case "*", "4xx" -> 418;
            case "5xx" -> 599;
            default -> Integer.parseInt(row.status());
        };
        String message = row.message() == null ? "some words" : row.message().render("sample 7");
        String code = row.code() == null ? "" : row.code().replace("*", "Xyzzy");
        if (row.code() == null && row.message() != null) {
            return SeedRow.answer(status, "text/plain", message);
        }
        return SeedRow.shapes(status, code, message).get(0);
    }

    @Test
    void namesAndSentencesAreUnique() {
        for (Service service : REQUESTS.keySet()) {
            List<CatalogueRow> rows = service.catalogue().rows();
            assertThat(rows)
                    .extracting(CatalogueRow::id)
                    .doesNotHaveDuplicates()
                    .allMatch(id -> id.matches("[a-z0-9.-]+"));
            assertThat(rows).extracting(CatalogueRow::advice).doesNotHaveDuplicates();
        }
    }
}
