package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogCommandTest {
    static List<Service> services() {
        return KnownServices.all();
    }

    private static JsonNode json(String... args) throws IOException {
        Run run = Run.of(args);
        assertThat(run.exit()).isZero();
        return JsonMapper.builder().build().readTree(run.out());
    }

    @ParameterizedTest
    @MethodSource("services")
    void aTableHasALineARowInAlignedColumns(Service service) {
        Run run = Run.of("catalog", service.id());

        List<String> lines = run.outLines();
        assertThat(run.exit()).isZero();
        assertThat(lines).hasSize(1 + service.catalogue().rows().size());
        String[] columns = lines.get(0).split(" +");
        assertThat(columns).containsExactly("id", "status", "code", "message", "verdict", "kind", "pace");
        for (String column : columns) {
            int at = lines.get(0).indexOf(column);
            assertThat(lines)
                    .allSatisfy(line -> assertThat(line.charAt(at)).as(line).isNotEqualTo(' '));
            assertThat(lines)
                    .allSatisfy(line -> assertThat(at == 0 || line.startsWith("  ", at - 2))
                            .as(line)
                            .isTrue());
        }
    }

    @Test
    void aRowReadsAsInTheTable() {
        assertThat(Run.of("catalog", "alibaba/slb").outLines())
                .anyMatch(
                        line -> line.matches(
                                "internal-error-illegal-timestamp +500 +InternalError +Illegal timestamp\\. +reauthenticate:clock +unauthenticated +-"))
                .anyMatch(line -> line.matches(
                        "system-busy +449 +SystemBusy +The system is busy\\. +retry +unavailable +throttle"))
                .anyMatch(line -> line.matches("any-not-found +4xx +\\*\\.NotFound +- +fail +not_found +-"));
    }

    @Test
    void withoutAServiceEveryOneHasItsTable() {
        List<String> lines = Run.of("catalog").outLines();
        int rows =
                services().stream().mapToInt(s -> s.catalogue().rows().size()).sum();

        assertThat(lines)
                .contains(
                        "azure/imds, 95 rows in the order of its table",
                        "alibaba/metadata, 26 rows in the order of its table");
        assertThat(lines.stream().filter(line -> line.startsWith("id ")).toList())
                .hasSize(7);
        // A heading, two empty lines and the names of the columns each; nothing before the first.
        assertThat(lines).hasSize(rows + 7 * 4 - 1);
    }

    @Test
    void jsonHasTheColumnsOfTheTableByTheirNamesAndTheService() throws IOException {
        JsonNode rows = json("catalog", "--json");

        assertThat(rows.isArray()).isTrue();
        assertThat(rows)
                .hasSize(services().stream()
                        .mapToInt(s -> s.catalogue().rows().size())
                        .sum())
                .allSatisfy(row -> assertThat(row.fieldNames())
                        .toIterable()
                        .containsExactly(
                                "service",
                                "id",
                                "operation",
                                "status",
                                "code",
                                "message",
                                "verdict",
                                "kind",
                                "pace",
                                "processed",
                                "advice",
                                "source"));
        JsonNode token = row(rows, "ibm/vpc-metadata", "token-invalid");
        assertThat(token.path("operation").asText()).isEqualTo("metadata,iam-token,certificate");
        assertThat(token.path("verdict").asText()).isEqualTo("reauthenticate:credential");
        assertThat(token.get("message").isNull() && token.get("pace").isNull()).isTrue();
    }

    @Test
    void jsonOfOneServiceHasItsRowsOnly() throws IOException {
        JsonNode rows = json("catalog", "huawei/metadata", "--json");
        assertThat(rows)
                .hasSize(26)
                .allSatisfy(row -> assertThat(row.path("service").asText()).isEqualTo("huawei/metadata"));
        assertThat(Run.of("catalog", "huawei/metadata", "--json").outLines()).hasSize(28);
    }

    private static JsonNode row(JsonNode rows, String service, String id) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.path("service").asText().equals(service)
                        && row.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
