package dev.holdfast.testkit.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.testkit.emulator.Scenario;
import dev.holdfast.testkit.junit.HoldfastExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The README's example is the class beside this test, to the letter, and does what the README says. */
class ReadmeTest {
    @RegisterExtension
    final HoldfastExtension holdfast = new HoldfastExtension();

    private static final Path MODULE = Path.of("").toAbsolutePath();

    @Test
    void showsTheClassThatIsCompiledHere() throws IOException {
        String source = Files.readString(MODULE.resolve("src/test/java/dev/holdfast/testkit/readme/Agent.java"));
        String example = source.substring(source.indexOf("public final class")).strip();
        String readme = Files.readString(MODULE.resolveSibling("README.md"));
        assertThat(readme).contains("```java\n" + example + "\n```");
        assertThat(example.lines().count()).isLessThanOrEqualTo(18);
    }

    @Test
    void theExampleGetsTheDocumentInSpiteOfTrouble() throws IOException {
        holdfast.emulator().play(Scenario.unavailable(2));
        String document = Agent.instance(
                new OkHttpClient(), holdfast.configure(AzureImds.boot()).build());
        assertThat(document).contains("\"compute\"");
        assertThat(holdfast.emulator().requests()).hasSize(3);
    }

    @Test
    void theExampleSaysWhatHappenedWhyAndWhatToDo() {
        holdfast.emulator().play(Scenario.proxyPage(1));
        assertThatThrownBy(() -> Agent.instance(
                        new OkHttpClient(), holdfast.configure(AzureImds.boot()).build()))
                .hasMessageContaining("gave up (failed) after 1 attempt")
                .hasMessageContaining("intermediary")
                .hasMessageContaining("without any proxy");
    }
}
