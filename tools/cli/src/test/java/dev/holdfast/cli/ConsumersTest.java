package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds small programs against the modules, and runs them in a JVM of their own: what the modules promise on the module path and on the class
 * path holds outside of this build. Their sources are resources of this test.
 */
class ConsumersTest {
    /** A class of each jar that an agent with Azure's services and OkHttp has; micrometer and the JDK's adapter are not among them. */
    private static final List<String> JARS = List.of(
            "dev.holdfast.core.Holdfast",
            "dev.holdfast.okhttp.HoldfastOkHttp",
            "dev.holdfast.azure.AzureImds",
            "okhttp3.OkHttpClient",
            "okio.Buffer",
            "kotlin.Unit",
            "org.jetbrains.annotations.NotNull",
            "com.fasterxml.jackson.core.JsonFactory",
            "io.github.resilience4j.core.IntervalFunction",
            "io.github.resilience4j.ratelimiter.RateLimiter",
            "io.github.resilience4j.retry.Retry",
            "org.slf4j.Logger",
            "org.slf4j.nop.NOPServiceProvider",
            "org.jspecify.annotations.NullMarked");

    private static final String DECISION = "retry by azure/imds/lb-being-enabled";

    @TempDir
    Path classes;

    @Test
    void aNamedModuleWithOkHttpUsesWhatIsExported() throws Exception {
        assertThat(compiled("agent", "--module-path", jars(), "-Xlint:-requires-automatic"))
                .isEmpty();

        assertThat(run("--module-path", classes + File.pathSeparator + jars(), "--module", "agent/agent.Agent"))
                .containsExactly(
                        "module agent, core in dev.holdfast.core",
                        // slf4j and Kotlin do not ask for it, and no module here does.
                        "java.net.http is absent",
                        DECISION,
                        "rows true",
                        "loader finds azure",
                        "core finds azure",
                        "call 200 after 2 requests",
                        "exit 0");
    }

    @Test
    void aNamedModuleCannotNameTheInside() throws Exception {
        String said = String.join("\n", compiled("intruder", "--module-path", jars()));

        List<String> imports = sources("intruder").stream()
                .flatMap(ConsumersTest::lines)
                .filter(line -> line.startsWith("import "))
                .map(line -> line.substring("import ".length(), line.lastIndexOf('.')))
                .toList();
        assertThat(imports)
                .hasSize(7)
                .allSatisfy(room -> assertThat(said)
                        .containsPattern("package " + room.replace(".", "\\.")
                                + " is declared in module [a-z.]+, which does not export it"));
    }

    @Test
    void aProgramOnTheClassPathNeedsNoJavaNetHttp() throws Exception {
        Path agent = sources("agent").stream()
                .filter(source -> source.endsWith("Agent.java"))
                .findFirst()
                .orElseThrow();
        assertThat(compiled(List.of(agent), "--class-path", jars())).isEmpty();

        assertThat(run(
                        "--limit-modules",
                        "java.base,java.xml,java.logging,jdk.httpserver",
                        "--class-path",
                        classes + File.pathSeparator + jars(),
                        "agent.Agent"))
                .containsExactly(
                        "module null, core in null",
                        "java.net.http is absent",
                        DECISION,
                        "rows true",
                        "loader finds azure",
                        "core finds azure",
                        "call 200 after 2 requests",
                        "exit 0");
    }

    private static String jars() {
        return JARS.stream().map(ConsumersTest::place).collect(Collectors.joining(File.pathSeparator));
    }

    /** The jar, or the folder of classes where the build has made no jar yet. */
    private static String place(String name) {
        try {
            URL location = Class.forName(name, false, ConsumersTest.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation();
            return Path.of(location.toURI()).toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new AssertionError(name, e);
        }
    }

    private static List<Path> sources(String consumer) throws IOException, URISyntaxException {
        Path folder = Path.of(
                ConsumersTest.class.getResource("/consumers/" + consumer).toURI());
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static Stream<String> lines(Path source) {
        try {
            return Files.readAllLines(source).stream();
        } catch (IOException e) {
            throw new AssertionError(source.toString(), e);
        }
    }

    private List<String> compiled(String consumer, String... options) throws IOException, URISyntaxException {
        return compiled(sources(consumer), options);
    }

    /** What the compiler has to say. */
    private List<String> compiled(List<Path> sources, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-d", classes.toString(), "-Xlint:all", "-proc:none"));
        if (!List.of(options).contains("--class-path")) {
            // Without it, the class path is that of this test.
            all.addAll(List.of("--class-path", classes.toString()));
        }
        all.addAll(List.of(options));
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            compiler.getTask(null, files, said, all, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        return said.getDiagnostics().stream()
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    /** The lines that the program prints, and its exit code. */
    private static List<String> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            List<String> lines =
                    new ArrayList<>(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            lines.add("exit " + process.exitValue());
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }
}
