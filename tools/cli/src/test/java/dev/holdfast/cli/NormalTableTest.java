package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormalTableTest {
    private static final String TABLE = """
            # demo/api: <Not> a row
            id\toperation\tstatus\tcode\tmessage\tverdict\tkind\tpace\tprocessed\tadvice\tsource

            a\t-\t400\tX\tNo `disk` <Name>: …\tfail\tinvalid_request\t-\tno\tLook at <Name>.\tp. 1
            b\t-\t404\t-\t-\tfail\tnot_found\t-\tno\tLook.\tp. 2
            """;

    @Test
    void onlyTheSentencesChange() {
        assertThat(NormalTable.of(TABLE)).isEqualTo(TABLE.replace("No `disk` <Name>: …", "No 'disk' {Name}: {rest}"));
    }

    @Test
    void theCommandRewritesTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("table.tsv"), TABLE);
        Run run = Run.of("catalog", "--normal", file.toString());
        assertThat(run.exit()).isZero();
        assertThat(file).hasContent(NormalTable.of(TABLE));
    }

    @Test
    void aFileThatIsNotThereIsWrongUsage(@TempDir Path folder) {
        Run run = Run.of("catalog", "--normal", folder.resolve("none.tsv").toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("none.tsv");
    }

    /** The tables of all vendors, as they are checked in. */
    @Test
    void theTablesAreInNormalForm() throws IOException {
        Path root = Path.of("..", "..");
        for (String vendor : List.of("azure", "ibm", "huawei", "alibaba")) {
            Path folder = root.resolve(Path.of(vendor, "src/main/resources/dev/holdfast", vendor));
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> tables =
                        files.filter(file -> file.toString().endsWith(".tsv")).toList();
                assertThat(tables).as(folder.toString()).isNotEmpty();
                for (Path table : tables) {
                    String text = Files.readString(table);
                    assertThat(text).as(table.toString()).isEqualTo(NormalTable.of(text));
                }
            }
        }
    }
}
