package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The way from a response to the next attempt stays short, and stands in docs/architecture.md as it is. */
class WayOfAResponseTest {
    private static final int MOST = 25;
    private static final Path SOURCES = Path.of("src", "main", "java");

    private static List<String> way;
    private static Map<String, String> sources;

    @BeforeAll
    static void read() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "architecture.md"));
        String section =
                page.split("\n## From a response to the next attempt\n", -1)[1].split("\n## ", -1)[0];
        way = Pattern.compile("^\\d+\\. `(\\w+)`: .+\\.$", Pattern.MULTILINE)
                .matcher(section)
                .results()
                .map(entry -> entry.group(1))
                .toList();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            sources = files.filter(file -> way.contains(name(file)))
                    .collect(Collectors.toMap(WayOfAResponseTest::name, WayOfAResponseTest::text));
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void hasAtMostTwentyFiveClassesAndAllExist() {
        assertThat(way).hasSizeBetween(2, MOST).doesNotHaveDuplicates();
        assertThat(sources.keySet()).containsExactlyInAnyOrderElementsOf(way);
    }

    /** A way has no gap: each class but the two drivers at its start is named by one before it. */
    @Test
    void eachClassIsNamedByOneBeforeIt() {
        assertThat(way.subList(0, 3)).containsExactly("AttemptResponse", "BlockingDriver", "AsyncDriver");
        for (int i = 3; i < way.size(); i++) {
            Pattern named = Pattern.compile("\\b" + way.get(i) + "\\b");
            assertThat(way.subList(0, i))
                    .as("names %s", way.get(i))
                    .anyMatch(before -> named.matcher(sources.get(before)).find());
        }
    }
}
