package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Counts what a user of core, the adapters and the vendors can meet. The rule stands in docs/architecture.md. */
class PublicTypesTest {
    private static final int MOST = 70;

    /** What tests use is not counted: it grows with the services. */
    private static final Set<String> TOOLS = Set.of("dev.holdfast.testkit", "dev.holdfast.emulators");

    @Test
    void aUserMeetsAtMostSeventyTypes() throws IOException {
        Set<String> exported = modules()
                .flatMap(module -> module.exports().stream())
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        assertThat(exported).contains("dev.holdfast.core", "dev.holdfast.okhttp", "dev.holdfast.jdk");

        List<String> types = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(exported).stream()
                        .filter(type -> exported.contains(type.getPackageName()))
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getName)
                        .sorted()
                        .toList();

        List<String> beyond = beyond();
        assertThat(types)
                .as("types that docs/architecture.md gives a reason for")
                .containsAll(beyond);
        assertThat(types.size() - beyond.size())
                .as("public top-level types: %s\n%s", types.size(), String.join("\n", types))
                .isLessThanOrEqualTo(MOST);
    }

    private static Stream<ModuleDescriptor> modules() {
        Path[] path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> Files.exists(entry.resolve("module-info.class")) || isOurs(entry))
                .toArray(Path[]::new);
        return ModuleFinder.of(path).findAll().stream()
                .map(ModuleReference::descriptor)
                .filter(module -> module.name().startsWith("dev.holdfast.") && !TOOLS.contains(module.name()));
    }

    private static boolean isOurs(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return name.startsWith("holdfast-") && name.endsWith(".jar");
    }

    private static List<String> beyond() throws IOException {
        String page = Files.readString(Path.of("..", "..", "docs", "architecture.md"));
        return Pattern.compile("^- `(dev\\.holdfast\\.[\\w.]+)`", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map((MatchResult entry) -> entry.group(1))
                .toList();
    }
}
