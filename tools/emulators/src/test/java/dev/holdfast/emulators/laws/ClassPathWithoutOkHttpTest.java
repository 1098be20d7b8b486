package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Core, the vendors' services, their chains and the JDK's adapter need neither OkHttp nor Kotlin: shown by a JVM that has none of it. */
class ClassPathWithoutOkHttpTest {
    private static final List<String> ABSENT =
            List.of("okhttp", "okio", "kotlin", "mockwebserver", "retrofit", "holdfast-okhttp", "annotations-");

    private static boolean stays(String entry) {
        String name = Path.of(entry).getFileName().toString();
        boolean ours = entry.replace(File.separatorChar, '/').endsWith("/okhttp/target/classes");
        return !ours && ABSENT.stream().noneMatch(name::startsWith);
    }

    @Test
    void anAgentDecidesAndCallsWithoutThem() throws Exception {
        List<String> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .toList();
        List<String> without =
                classPath.stream().filter(ClassPathWithoutOkHttpTest::stays).toList();
        assertThat(without).hasSizeLessThan(classPath.size() - 3);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(File.pathSeparator, without),
                        AgentWithoutOkHttp.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(output.lines())
                .as(output)
                .containsExactly(
                        "okhttp3.OkHttpClient is absent",
                        "okio.Buffer is absent",
                        "kotlin.Unit is absent",
                        "retry by azure/imds/lb-being-enabled",
                        "send 200 after 2 attempts",
                        "sendAsync 200 after 2 attempts",
                        "chain 200 after 1 attempts",
                        "4 requests",
                        "a chain over HTTP_2",
                        "a chain over HTTP_2",
                        "a chain over HTTP_2",
                        "a chain over HTTP_2");
        assertThat(process.exitValue()).isZero();
    }
}
