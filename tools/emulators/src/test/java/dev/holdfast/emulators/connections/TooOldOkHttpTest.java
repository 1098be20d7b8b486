package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An OkHttp that is too old is refused when the client is wrapped, by a sentence with the version, the jar and the cure. */
class TooOldOkHttpTest {
    private static final Path TOO_OLD = Path.of("target", "too-old-okhttp");

    private static String[] thrownWith(Path jar) throws Exception {
        List<URL> urls = new ArrayList<>();
        urls.add(jar.toUri().toURL());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.isEmpty() && !Path.of(entry).getFileName().toString().startsWith("okhttp-jvm-")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            return (String[]) loader.loadClass(WrapByReflection.class.getName())
                    .getMethod("thrown")
                    .invoke(null);
        }
    }

    @Test
    void bothDoorsSayWhatToDo() throws Exception {
        assertThat(TOO_OLD)
                .as("copied by: mvn generate-test-resources -pl tools/emulators")
                .isDirectory();
        Path jar;
        try (Stream<Path> jars = Files.list(TOO_OLD)) {
            jar = jars.findFirst().orElseThrow();
        }
        assertThat(thrownWith(jar))
                .hasSize(2)
                .allSatisfy(thrown -> assertThat(thrown)
                        .isEqualTo(
                                "java.lang.IllegalStateException: OkHttp 4.12.0 (okhttp-4.12.0.jar) is on the class path,"
                                        + " but Holdfast needs 5.4.0 or later: import holdfast-bom into dependencyManagement, or"
                                        + " exclude com.squareup.okhttp3:okhttp where another library brings it"));
    }

    @Test
    void theOneOfTheClassPathIsNot() {
        assertThat(WrapByReflection.thrown()).containsOnlyNulls();
    }
}
