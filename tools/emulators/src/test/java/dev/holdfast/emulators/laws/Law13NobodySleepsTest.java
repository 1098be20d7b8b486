package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Law 13: no test sleeps to prove a rule, and only core.time touches the machine's clocks, timers and dice. */
class Law13NobodySleepsTest {
    // Guards core.time as the only room with lines that name a clock, a timer or a generator
    /** In two pieces, so that this file does not find itself. */
    private static final Pattern SLEEPS = Pattern.compile("\\bsl" + "eep\\s*\\(|\\bpark" + "Nanos\\s*\\(");

    private static final Pattern REAL_TIME = Pattern.compile(
            "System\\.(nanoTime|currentTimeMillis)|\\b(Instant|ZonedDateTime|LocalDateTime)\\.now\\(\\)|ThreadLocalRandom"
                    + "|\\bnew (Random|SecureRandom|Timer)\\(|Math\\.random|\\bsl" + "eep\\s*\\(");

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("bom/pom.xml"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    private static List<String> found(Predicate<Path> where, Pattern what) throws IOException {
        List<String> found = new ArrayList<>();
        int files = 0;
        for (Path file : sources()) {
            if (where.test(file)) {
                files++;
                int number = 0;
                for (String line : Files.readAllLines(file)) {
                    number++;
                    if (what.matcher(line).find()) {
                        found.add(root().relativize(file) + ":" + number + " " + line.strip());
                    }
                }
            }
        }
        assertThat(files).as("files looked at").isGreaterThan(10);
        return found;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path folder : List.of(root(), root().resolve("adapters"), root().resolve("tools"))) {
            try (Stream<Path> modules = Files.list(folder)) {
                for (Path module : modules.map(each -> each.resolve("src"))
                        .filter(Files::isDirectory)
                        .toList()) {
                    try (Stream<Path> files = Files.walk(module)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }

    private static boolean isTest(Path file) {
        return file.toString().contains("/src/test/") || file.toString().contains("/testkit/src/main/");
    }

    @Test
    void noTestSleeps() throws IOException {
        assertThat(found(Law13NobodySleepsTest::isTest, SLEEPS)).isEmpty();
    }

    @Test
    void onlyTheRoomForItTouchesRealTime() throws IOException {
        Predicate<Path> product = file -> file.toString().contains("/src/main/")
                && !file.toString().contains("/dev/holdfast/core/time/")
                && !file.toString().contains("/dev/holdfast/core/internal/time/");
        assertThat(found(product, REAL_TIME)).isEmpty();
    }
}
