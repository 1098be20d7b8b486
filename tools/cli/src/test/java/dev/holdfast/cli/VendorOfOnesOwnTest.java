package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Builds the project in docs/examples, which is no module of this build, and uses it as a user would. */
class VendorOfOnesOwnTest {
    private static final Path PROJECT = Path.of("..", "..", "docs", "examples", "aws-imds");

    @TempDir
    Path classes;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private URLClassLoader project;

    @BeforeEach
    void build() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path file : files()) {
            Path place = Path.of("src", "main", "resources");
            if (file.toString().endsWith(".java")) {
                sources.add(file);
            } else if (PROJECT.relativize(file).startsWith(place)) {
                Path copy =
                        classes.resolve(PROJECT.resolve(place).relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            assertThat(compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    List.of("-d", classes.toString(), "-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(sources))
                            .call())
                    .isTrue();
        }
        URL[] place = {classes.toUri().toURL()};
        project = new URLClassLoader(place, before);
        Thread.currentThread().setContextClassLoader(project);
    }

    @AfterEach
    void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        project.close();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve("src"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void itTakesLessThanAHundredAndFiftyLines() throws IOException {
        int lines = 0;
        for (Path file : files()) {
            lines += Files.readAllLines(file).size();
        }
        assertThat(lines).isLessThan(150);
    }

    @Test
    void itsContractAndItsCallsHold() throws Exception {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(project.loadClass("example.aws.AwsImdsTest")))
                .execute();
        assertThat(results.testEvents().failed().stream().map(Event::toString)).isEmpty();
        assertThat(results.testEvents().skipped().count()).isZero();
        assertThat(results.testEvents().succeeded().count()).isGreaterThan(20);
    }

    @Test
    void theCommandLineKnowsItWithoutBeingTold() {
        Run explained =
                Run.of("explain", "aws/imds", "--status", "401", "--path", "/latest/meta-data/instance-id", "--json");
        assertThat(explained.out()).contains("\"rule\":\"aws/imds/no-token\"", "\"renew\":\"credential\"");
        assertThat(explained.exit()).isZero();
        assertThat(Run.of("catalog", "aws/imds").out()).contains("no-token", "busy");
        assertThat(Run.of("explain", "aws/none", "--status", "401").err()).contains("azure/imds", "aws/imds");
    }

    @Test
    void itsPomTakesItsVersionsFromTheBom() throws IOException {
        String pom = Files.readString(PROJECT.resolve("pom.xml"));
        assertThat(pom).contains("holdfast-bom").doesNotContain("<parent>");
        assertThat(Files.readString(Path.of("..", "..", "pom.xml"))).doesNotContain("aws-imds");
        assertThat(List.of(System.getProperty("java.class.path").split(File.pathSeparator)))
                .noneMatch(entry -> entry.contains("aws-imds"));
    }
}
