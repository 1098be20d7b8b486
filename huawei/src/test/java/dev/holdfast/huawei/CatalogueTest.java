package dev.holdfast.huawei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.core.catalogue.CatalogueRow;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Service;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
    static Stream<Service> services() {
        return Stream.of(HuaweiBody.IMETAL, HuaweiMetadata.SERVICE);
    }

    static Stream<Arguments> rows() {
        return services().flatMap(service -> service.catalogue().rows().stream().map(row -> arguments(service, row)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void noRowIsShadowed(Service service, CatalogueRow row) {
        int status = Integer.parseInt(row.status().replace("xx", "18").replace("*", "400"));
        String code = row.code() == null ? null : row.code().replace("*", "zz");
        String message =
                row.message() == null ? "some words of the day" : row.message().render("zone-7");
        Map<String, RequestView> requests =
                service == HuaweiBody.IMETAL ? HuaweiBody.IMETAL_REQUESTS : HuaweiBody.METADATA_REQUESTS;
        List<RequestView> asked = row.operations().isEmpty()
                ? List.of(RequestView.of("OPTIONS", "/elsewhere"))
                : row.operations().stream().map(requests::get).toList();
        for (RequestView request : asked) {
            Decision decision = service.decide(HuaweiBody.answer(status, code, message), request);
            assertThat(decision.rule()).isEqualTo(service.id() + "/" + row.id());
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void rowsAreComplete(Service service) {
        List<CatalogueRow> rows = service.catalogue().rows();
        assertThat(rows).extracting(CatalogueRow::id).doesNotHaveDuplicates().hasSizeGreaterThan(20);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.source()).isNotBlank().doesNotContain("vendors/");
            assertThat(row.advice()).endsWith(".").hasSizeGreaterThan(30);
        });
        List<String> operations =
                service.operations().stream().map(operation -> operation.id()).toList();
        assertThat(rows.stream().flatMap(row -> row.operations().stream())).isSubsetOf(operations);
    }
}
