package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.core.catalogue.CatalogueRow;
import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that are checked in say what the data say. */
class CatalogueDocsTest {
    static List<Service> services() {
        return KnownServices.all();
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalogue.md", "catalogue.json"})
    void theCheckedInPageIsCurrent(String name) throws IOException {
        Path page = Path.of("..", "..", "docs", name);
        String found = Files.exists(page) ? Files.readString(page) : "nothing";

        assertThat(found.equals(CatalogueDocs.files().get(name)))
                .as("docs/%s says something else than the data; rewrite it with: %s", name, CatalogueDocs.COMMAND)
                .isTrue();
    }

    @Test
    void theCommandRewritesBoth(@TempDir Path folder) throws IOException {
        assertThat(Run.of("catalog", "--docs", folder.toString()).exit()).isZero();
        for (String name : CatalogueDocs.files().keySet()) {
            assertThat(folder.resolve(name)).hasContent(CatalogueDocs.files().get(name));
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void thePageHasASectionAServiceWithALineARow(Service service) throws IOException {
        String page = CatalogueDocs.files().get("catalogue.md");
        int start = page.indexOf("\n## " + service.id() + "\n");
        int end = page.indexOf("\n## ", start + 1);
        List<String> lines =
                page.substring(start, end < 0 ? page.length() : end).lines().toList();

        List<CatalogueRow> rows = service.catalogue().rows();
        assertThat(lines.get(3)).startsWith(rows.size() + " rows: ").contains(" fail", " retry");
        assertThat(lines).hasSize(rows.size() + 7);
        for (int i = 0; i < rows.size(); i++) {
            String line = lines.get(i + 7);
            assertThat(line)
                    .startsWith("| `" + rows.get(i).id() + "` | "
                            + rows.get(i).status().replace("*", "\\*"));
            assertThat(line.replace("\\|", "").chars().filter(c -> c == '|')).hasSize(9);
        }
    }

    @Test
    void jsonForOtherLanguagesIsPlain() throws IOException {
        JsonNode page =
                JsonMapper.builder().build().readTree(CatalogueDocs.files().get("catalogue.json"));

        assertThat(page.path("version").asInt()).isEqualTo(1);
        assertThat(page.path("services"))
                .hasSize(7)
                .allSatisfy(service -> assertThat(service.path("rows"))
                        .isNotEmpty()
                        .allSatisfy(row -> assertThat(row.fieldNames())
                                .toIterable()
                                .containsExactly(
                                        "id",
                                        "operations",
                                        "status",
                                        "code",
                                        "message",
                                        "verdict",
                                        "renew",
                                        "kind",
                                        "pace",
                                        "processed",
                                        "advice",
                                        "source")));
        assertThat(page.path("services").path(0).path("rows").path(0).path("operations"))
                .hasSize(1);
        assertThat(page.toString()).doesNotContain("reauthenticate:");
    }
}
