package dev.holdfast.emulators.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.emulators.alibaba.AlibabaMetadataEmulator;
import dev.holdfast.emulators.alibaba.AlibabaSlbEmulator;
import dev.holdfast.emulators.azure.AzureImdsExtension;
import dev.holdfast.testkit.emulator.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The README's example is the class beside this test, to the letter, and does what the README says. */
class ReadmeTest {
    @RegisterExtension
    final AzureImdsExtension holdfast = new AzureImdsExtension();

    private static final Path MODULE = Path.of("").toAbsolutePath();

    @Test
    void showsTheClassThatIsCompiledHere() throws IOException {
        String source = Files.readString(MODULE.resolve("src/test/java/dev/holdfast/emulators/readme/Agent.java"));
        String example = source.substring(source.indexOf("public final class")).strip();
        String readme = Files.readString(MODULE.resolve("../../README.md"));
        assertThat(readme).contains("```java\n" + example + "\n```");
        assertThat(example.lines().count()).isLessThanOrEqualTo(18);
    }

    @Test
    void theExampleGetsTheDocumentInSpiteOfTrouble() throws IOException {
        holdfast.emulator().play(Scenario.unavailable(1).then(Scenario.proxyPage(1)));
        String document = Agent.instance(
                new OkHttpClient(), holdfast.configure(AzureImds.boot()).build());
        assertThat(document).contains("\"compute\"");
        assertThat(holdfast.emulator().requests()).hasSize(3);
    }

    @Test
    void theExampleSaysWhatHappenedWhyAndWhatToDo() {
        holdfast.emulator().play(Scenario.proxyPage(1_000));
        assertThatThrownBy(() -> Agent.instance(
                        new OkHttpClient(), holdfast.configure(AzureImds.boot()).build()))
                .hasMessageContaining("gave up (attempts) after 8 attempts")
                .hasMessageContaining("intermediary")
                .hasMessageContaining("without any proxy");
    }

    @Test
    void theMethodsAboutCredentialsAreTheOnesThatAreCompiledHere() throws IOException {
        String source =
                Files.readString(MODULE.resolve("src/test/java/dev/holdfast/emulators/readme/SigningAgent.java"));
        String page = Files.readString(MODULE.resolve("../../docs/credentials.md"));
        assertThat(Files.readString(MODULE.resolve("../../README.md"))).contains(shown(source, "slb"));
        assertThat(page)
                .contains(
                        shown(source, "chains"),
                        shown(source, "chain"),
                        shown(source, "inAContainer"),
                        shown(source, "hardened"),
                        shown(source, "own"));
    }

    private static String shown(String source, String method) {
        int start = source.lastIndexOf("    static ", source.indexOf(" " + method + "("));
        int end = source.indexOf("\n    }\n", start) + "\n    }\n".length();
        return "```java\n" + source.substring(start, end - 1).stripIndent() + "\n```";
    }

    @Test
    void theSigningAgentsWork() throws IOException {
        try (AlibabaMetadataEmulator metadata =
                        new AlibabaMetadataEmulator().hardened().start();
                AlibabaSlbEmulator slb =
                        new AlibabaSlbEmulator().knowing(metadata).start()) {
            Holdfast asked = Holdfast.builder(AlibabaMetadata.SERVICE)
                    .endpoint(metadata.url())
                    .build();
            Holdfast signed = Holdfast.builder(AlibabaSlb.in("cn-hangzhou"))
                    .endpoint(slb.url())
                    .build();
            Request request = new Request.Builder()
                    .url(slb.url() + "/?RegionId=cn-hangzhou")
                    .header("x-acs-action", "DescribeRegions")
                    .header("x-acs-version", "2014-05-15")
                    .build();
            Call.Factory hardened = SigningAgent.hardened(new OkHttpClient(), asked, signed);
            try (Response response = hardened.newCall(request).execute()) {
                assertThat(response.code()).isEqualTo(200);
            }
            Call.Factory without = SigningAgent.slb(new OkHttpClient(), asked, signed);
            assertThatThrownBy(() -> without.newCall(request).execute())
                    .isInstanceOf(CredentialException.class)
                    .hasStackTraceContaining("alibaba/metadata answered 403");
        }
        assertThat(SigningAgent.own(() -> "abc").prefetch().join().secret()).isEqualTo(Secret.token("abc"));
    }
}
