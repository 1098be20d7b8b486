package dev.holdfast.emulators.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that {@code docs/laws.md} names tests and lines that exist. */
class LawsPageTest {
    private static final Pattern CELLS = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*)(?:\\.(\\w+))?`");
    private static final Pattern GUARD = Pattern.compile("`(\\w+\\.java)`: `([^`]+)`");

    /** The text of each Java file, by file name; several modules may have a file of one name. */
    private static final Map<String, List<String>> TESTS = new HashMap<>();

    private static final Map<String, List<String>> PRODUCT = new HashMap<>();

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("bom/pom.xml"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    @BeforeAll
    static void readSources() throws IOException {
        Files.walkFileTree(root(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                // Builds that run beside this test write and delete there.
                String name = folder.getFileName().toString();
                return name.equals("target") || name.equals(".git")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = file.toString().replace('\\', '/');
                if (path.endsWith(".java")) {
                    Map<String, List<String>> sources = path.contains("/src/test/") ? TESTS : PRODUCT;
                    sources.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>())
                            .add(Files.readString(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Returns the rows of all tables without their headings. */
    static List<String> rows() throws IOException {
        return Files.readAllLines(root().resolve("docs/laws.md")).stream()
                .filter(line -> line.startsWith("|"))
                .filter(line ->
                        !line.startsWith("|---") && !line.startsWith("| law ") && !line.startsWith("| promise "))
                .toList();
    }

    private static List<String> cells(String row) {
        return CELLS.splitAsStream(row)
                .skip(1)
                .map(cell -> cell.strip().replace("\\|", "|"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theTestOfARowExists(String row) {
        List<String> cells = cells(row);
        Matcher test = TEST.matcher(cells.get(cells.size() - 2));
        assertThat(test.matches()).as("a test class in code font in: %s", row).isTrue();

        List<String> sources = TESTS.getOrDefault(test.group(1) + ".java", List.of());
        assertThat(sources).as("test class %s of: %s", test.group(1), row).isNotEmpty();
        if (test.group(2) != null) {
            assertThat(sources)
                    .as("method %s of: %s", test.group(2), row)
                    .anyMatch(source -> source.contains("void " + test.group(2) + "("));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theGuardsOfARowExist(String row) {
        List<String> cells = cells(row);
        String cell = cells.get(cells.size() - 1);
        assertThat(GUARD.matcher(cell).replaceAll("G"))
                .as("only guards, separated by \"; \", in: %s", row)
                .matches("G(; G)*");

        Matcher guard = GUARD.matcher(cell);
        while (guard.find()) {
            String fragment = guard.group(2);
            assertThat(PRODUCT.getOrDefault(guard.group(1), List.of()))
                    .as("a line of %s with %s of: %s", guard.group(1), fragment, row)
                    .anyMatch(source -> source.lines().anyMatch(line -> isCode(line) && line.contains(fragment)));
        }
    }

    /** A comment keeps no law. */
    private static boolean isCode(String line) {
        String text = line.strip();
        return !text.startsWith("//") && !text.startsWith("*") && !text.startsWith("/*");
    }

    @Test
    void noLawIsLeftOut() throws IOException {
        Set<Integer> laws = new HashSet<>();
        for (String row : rows()) {
            List<String> cells = cells(row);
            if (cells.size() == 4) {
                laws.add(Integer.valueOf(cells.get(0)));
            } else {
                assertThat(cells).as("cells of: %s", row).hasSize(3);
            }
        }
        assertThat(laws)
                .hasSizeGreaterThanOrEqualTo(15)
                .isEqualTo(IntStream.rangeClosed(1, laws.size()).boxed().collect(Collectors.toSet()));
    }
}
