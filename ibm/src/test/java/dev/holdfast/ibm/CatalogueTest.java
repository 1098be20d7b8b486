package dev.holdfast.ibm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.catalogue.CatalogueRow;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.RequestView;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
    static Stream<CatalogueRow> rows() {
        return IbmVpcMetadata.SERVICE.catalogue().rows().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void noRowIsShadowed(CatalogueRow row) {
        int status = Integer.parseInt(
                row.status().replace("5xx", "518").replace("4xx", "418").replace("2xx", "200"));
        String code = row.code() == null ? null : row.code().replace("*", "zz");
        String message =
                row.message() == null ? "some words of the day" : row.message().render("zone-7");
        List<RequestView> requests = row.operations().isEmpty()
                ? List.of(RequestView.of("GET", "/elsewhere"))
                : row.operations().stream().map(VpcBody.REQUESTS::get).toList();
        for (RequestView request : requests) {
            Decision decision = IbmVpcMetadata.SERVICE.decide(VpcBody.answer(status, code, message), request);
            assertThat(decision.rule()).isEqualTo("ibm/vpc-metadata/" + row.id());
        }
    }

    @Test
    void rowsAreComplete() {
        assertThat(rows().map(CatalogueRow::id)).doesNotHaveDuplicates().hasSizeGreaterThan(80);
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.source()).isNotBlank().doesNotContain("vendors/");
            assertThat(row.advice()).endsWith(".").hasSizeGreaterThan(30);
        });
        assertThat(rows().flatMap(row -> row.operations().stream())).isSubsetOf(VpcBody.REQUESTS.keySet());
    }
}
