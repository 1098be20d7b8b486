package dev.holdfast.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.Emulators;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The emulators answer curl as the vendors' documents say, so that an agent in any language can use them. */
class CurlTest {

    @BeforeAll
    static void curlIsThere() throws Exception {
        assertThat(run("sh", "-c", "command -v curl openssl sed mktemp").exit())
                .as(
                        "these tests ask the emulators with curl and openssl from a POSIX shell: install them on this machine")
                .isZero();
    }

    static List<String> services() {
        return Emulators.ids();
    }

    @ParameterizedTest
    @MethodSource("services")
    void theVendorsCallsAreAnsweredAsDocumented(String service) throws Exception {
        String name = "curl/" + service.replace('/', '-') + ".sh";
        var script = CurlTest.class.getResource(name);
        assertThat(script).as("the script " + name + " that asks " + service).isNotNull();
        try (Emulator emulator = unlimited(service).start()) {
            Ended ended =
                    run("sh", Path.of(script.toURI()).toString(), emulator.url().toString());
            assertThat(ended.exit()).as(ended.output()).isZero();
            assertThat(emulator.requestCount()).isGreaterThan(8);
            // SLB alone issues nothing: its callers sign.
            assertThat(emulator.tokenRequestCount() > 0).isNotEqualTo(service.equals("alibaba/slb"));
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void theExamplesCanBeRunAsTheyArePrinted(String service) throws Exception {
        try (Emulator emulator = Emulators.of(service, TimeSource.system()).start()) {
            Ended ended = run("sh", "-ec", String.join("\n", emulator.examples()));
            assertThat(ended.exit()).as(ended.output()).isZero();
            long asked = emulator.examples().stream()
                    .filter(line -> line.contains("curl "))
                    .count();
            assertThat(emulator.requestCount()).isEqualTo((int) asked);
            assertThat(ended.output()).doesNotContain("\"errors\"", " 401 ");
        }
    }

    @Test
    void aServiceWithoutAnEmulatorIsNamed() {
        assertThat(Emulators.ids()).hasSize(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Emulators.of("oracle/compute", TimeSource.system()))
                .withMessageContaining("\"oracle/compute\" cannot be emulated; there are azure/imds, ");
    }

    /** How fast curl is called depends on the machine. */
    private static Emulator unlimited(String service) {
        Emulator emulator = Emulators.of(service, TimeSource.system());
        return emulator instanceof AzureImdsEmulator imds ? imds.withoutLimits() : emulator;
    }

    private record Ended(int exit, String output) {}

    private static Ended run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return new Ended(process.exitValue(), output);
    }
}
