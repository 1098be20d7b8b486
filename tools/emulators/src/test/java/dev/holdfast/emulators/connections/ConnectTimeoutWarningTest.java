package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.service.Service;
import dev.holdfast.emulators.laws.CapturedLogs;
import dev.holdfast.jdk.HoldfastHttpClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The java.net.http adapter cannot set a connect timeout, so it names one that is missing, once for each service. */
class ConnectTimeoutWarningTest {
    private static HttpClient.Builder direct() {
        return HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY);
    }

    private static Service.Builder service(String id) {
        return Service.builder(id).baseUrl("http://169.254.1.1").linkLocal();
    }

    private static List<String> linesAfter(HttpClient client, Holdfast holdfast) {
        String id = holdfast.service().id();
        HoldfastHttpClient.wrap(client, holdfast);
        HoldfastHttpClient.wrap(client, holdfast);
        return CapturedLogs.lines().stream()
                .filter(line -> line.contains("client for " + id))
                .toList();
    }

    @Test
    void aMissingTimeoutIsNamedOnce() {
        assertThat(linesAfter(direct().build(), Holdfast.of(service("slow/none").build())))
                .singleElement()
                .asString()
                .contains("no connect timeout", "http://169.254.1.1", ".connectTimeout(Duration.ofSeconds(2))");
    }

    @Test
    void aLongOneIsNamedWithItsLength() {
        HttpClient client = direct().connectTimeout(Duration.ofMillis(2_100)).build();
        assertThat(linesAfter(client, Holdfast.of(service("slow/long").build())))
                .singleElement()
                .asString()
                .contains("2.1 s");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_999, 2_000})
    void aShortOneIsNot(int millis) {
        HttpClient client = direct().connectTimeout(Duration.ofMillis(millis)).build();
        assertThat(linesAfter(
                        client, Holdfast.of(service("slow/short-" + millis).build())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"slow/control", "slow/emulated"})
    void aControlServiceAndAnEmulatorAreNot(String id) {
        Holdfast holdfast = id.endsWith("control")
                ? Holdfast.of(Service.builder(id)
                        .baseUrl("https://control.example.com")
                        .build())
                : Holdfast.builder(service(id).build())
                        .endpoint(URI.create("http://127.0.0.1:8080"))
                        .build();
        assertThat(linesAfter(direct().build(), holdfast)).isEmpty();
    }
}
