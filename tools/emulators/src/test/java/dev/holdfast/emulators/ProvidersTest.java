package dev.holdfast.emulators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.emulators.demo.DemoCall;
import dev.holdfast.emulators.demo.DemoProvider;
import dev.holdfast.testkit.emulator.EmulatorProvider;
import dev.holdfast.testkit.emulator.Emulators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersTest {
    /** The class path and the module path find the same, in the same order. */
    @ParameterizedTest
    @ValueSource(classes = {EmulatorProvider.class, DemoProvider.class})
    void bothPathsFindTheSame(Class<?> provider) throws IOException {
        String module = Files.readString(Path.of("src/main/java/module-info.java"));
        Matcher provides = Pattern.compile("provides " + Pattern.quote(provider.getName()) + " with([^;]+);")
                .matcher(module);
        assertThat(provides.find()).isTrue();
        assertThat(Files.readAllLines(Path.of("src/main/resources/META-INF/services", provider.getName())))
                .hasSize(4)
                .isEqualTo(List.of(provides.group(1).strip().split(",\\s*")));
    }

    @Test
    void theDemoHasACallToEachEmulatedService() {
        List<String> shown = DemoProvider.all().stream()
                .flatMap(provider -> provider.calls().stream())
                .map(DemoCall::service)
                .distinct()
                .toList();
        assertThat(Emulators.ids()).hasSize(7).isEqualTo(shown);
    }
}
