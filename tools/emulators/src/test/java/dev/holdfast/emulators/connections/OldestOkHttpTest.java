package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.OkHttp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * OkHttp tells what a peer declares over HTTP/2 by class names and messages alone, which are no part of its API. The oldest and the newest one
 * that the adapter is tested with say the same. The newest is that of the class path; the build copies the oldest.
 */
class OldestOkHttpTest {
    // Guards Http2Word: case "refused_stream" -> NOT_PROCESSED
    private static final Path OLDEST = Path.of("target", "oldest-okhttp");

    private static final int GOAWAY = -1;

    @ParameterizedTest
    @CsvSource({
        "7, fault/not-processed, 2, true",
        "-1, fault/not-processed, 2, true",
        "11, fault/calm, 1, false",
        "13, fault/http-1-1-required, 1, false"
    })
    void bothSayTheSameOfHttp2(int code, String rule, String attempts, String succeeded) throws Exception {
        try (FrameServer server = refusing(code)) {
            assertThat(CallOverHttp2.call(server.url())).containsExactly(OkHttp.VERSION, rule, attempts, succeeded);
        }
        try (FrameServer server = refusing(code);
                URLClassLoader loader = oldest()) {
            Object told = loader.loadClass(CallOverHttp2.class.getName())
                    .getMethod("call", String.class)
                    .invoke(null, server.url());
            assertThat(told).isEqualTo(List.of(oldestVersion(), rule, attempts, succeeded));
            assertThat(oldestVersion()).isNotEqualTo(OkHttp.VERSION);
        }
    }

    private static FrameServer refusing(int code) throws IOException {
        return FrameServer.plain(stream -> {
            if (stream.number() > 1) {
                stream.answer();
            } else if (code == GOAWAY) {
                stream.goAway(0, FrameServer.NO_ERROR);
            } else {
                stream.reset(code);
            }
        });
    }

    /** All that is on the class path, but the oldest OkHttp in place of the newest, and nothing of it shared with this test. */
    private static URLClassLoader oldest() throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(url(oldestJar()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.isEmpty() && !Path.of(entry).getFileName().toString().startsWith("okhttp-jvm-")) {
                urls.add(url(Path.of(entry)));
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    private static Path oldestJar() throws IOException {
        assertThat(OLDEST)
                .as("copied by: mvn generate-test-resources -pl tools/emulators")
                .isDirectory();
        try (Stream<Path> jars = Files.list(OLDEST)) {
            return jars.reduce((one, other) -> {
                        throw new AssertionError("two jars: " + one + ", " + other);
                    })
                    .orElseThrow();
        }
    }

    private static String oldestVersion() throws IOException {
        return oldestJar().getFileName().toString().replaceAll("okhttp-jvm-|\\.jar", "");
    }
}
