package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProviderTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path folder;

    @AfterEach
    void theThreadGetsItsLoaderBack() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void theClassPathOfThisThreadSaysWhichProvidersThereAreAndInWhichOrder() throws IOException {
        assertThat(ServiceProvider.all()).isEmpty();

        place("first", Zulu.class);
        place("second", Alfa.class);
        try (URLClassLoader loader = loader("first", "second")) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThat(ServiceProvider.all())
                    .extracting(ServiceProvider::vendor)
                    .containsExactly("zulu", "alfa");
        }
        try (URLClassLoader loader = loader("second", "first")) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThat(ServiceProvider.all())
                    .extracting(ServiceProvider::vendor)
                    .containsExactly("alfa", "zulu");
        }
    }

    @Test
    void aProviderWithoutPresetsHasNone() {
        Service service = new Alfa().services().get(0);
        assertThat(new Alfa().presets(service)).isEmpty();
    }

    @Test
    void aProviderThatCannotBeLoadedIsNotPassedOver() throws IOException {
        place("broken", "no.such.Provider");
        try (URLClassLoader loader = loader("broken")) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThatThrownBy(ServiceProvider::all)
                    .isInstanceOf(ServiceConfigurationError.class)
                    .hasMessageContaining("no.such.Provider");
        }
    }

    private void place(String entry, Class<?> provider) throws IOException {
        place(entry, provider.getName());
    }

    private void place(String entry, String provider) throws IOException {
        Path services = Files.createDirectories(folder.resolve(entry).resolve("META-INF/services"));
        Files.writeString(services.resolve(ServiceProvider.class.getName()), provider);
    }

    private URLClassLoader loader(String... entries) {
        URL[] urls = Stream.of(entries).map(entry -> url(folder.resolve(entry))).toArray(URL[]::new);
        return new URLClassLoader(urls, before);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(path.toString(), e);
        }
    }

    public static final class Zulu implements ServiceProvider {
        @Override
        public String vendor() {
            return "zulu";
        }

        @Override
        public List<Service> services() {
            return List.of();
        }
    }

    public static final class Alfa implements ServiceProvider {
        @Override
        public String vendor() {
            return "alfa";
        }

        @Override
        public List<Service> services() {
            return List.of(
                    Service.builder("alfa/one").baseUrl("https://alfa.test").build());
        }
    }
}
