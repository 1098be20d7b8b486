package dev.holdfast.emulators.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages point to is there; and each cell of ours in the comparison points to what shows it. */
class DocsLinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("bom/pom.xml"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path directory : List.of(root(), root().resolve("docs"))) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    @Test
    void everyLinkWithinTheRepositoryLeadsSomewhere() throws IOException {
        List<String> lost = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                String target = link.group(1).split("#", 2)[0];
                if (!target.isEmpty() && !target.matches("[a-z]+:.*")) {
                    links++;
                    if (!Files.exists(page.resolveSibling(target))) {
                        lost.add(page.getFileName() + " -> " + target);
                    }
                }
            }
        }
        assertThat(lost).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    @Test
    void eachCellOfOursInTheComparisonHasALink() throws IOException {
        List<String> table = Files.readAllLines(root().resolve("docs/comparison.md")).stream()
                .filter(line -> line.startsWith("| ") && line.split("\\|").length == 10)
                .filter(line -> !line.startsWith("| feature ") && !line.startsWith("| **"))
                .toList();
        assertThat(table).hasSizeGreaterThan(40);
        assertThat(table)
                .allSatisfy(row -> assertThat(LINK.matcher(row.split("\\|")[2]).find())
                        .as(row)
                        .isTrue());
    }
}
