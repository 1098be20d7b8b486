package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a JVM takes from its machine for a proxy, from its start on: docs/networking.md says it, and this shows it. */
class ProxiesOfTheMachineTest {
    private final MockWebServer service = new MockWebServer();
    private final MockWebServer proxy = new MockWebServer();

    private static Dispatcher says(String body) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder().body(body).build();
            }
        };
    }

    @BeforeEach
    void start() throws IOException {
        service.setDispatcher(says("service"));
        proxy.setDispatcher(says("proxy"));
        service.start(InetAddress.getByName("127.0.0.1"), 0);
        proxy.start(InetAddress.getByName("127.0.0.1"), 0);
    }

    @AfterEach
    void stop() {
        service.close();
        proxy.close();
    }

    private List<String> agent(Map<String, String> environment, String... properties) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AgentBehindAProxy.class.getName()));
        command.add("http://127.0.0.1:" + service.getPort());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().toList();
    }

    @Test
    void theVariablesOfTheEnvironmentAreNotRead() throws Exception {
        String there = "http://127.0.0.1:" + proxy.getPort();
        Map<String, String> variables = Map.of(
                "http_proxy",
                there,
                "HTTP_PROXY",
                there,
                "https_proxy",
                there,
                "HTTPS_PROXY",
                there,
                "ALL_PROXY",
                there,
                "no_proxy",
                "");
        assertThat(agent(variables))
                .containsExactly(
                        "azure/imds okhttp service",
                        "azure/imds jdk service",
                        "azure/vm-inspector okhttp service",
                        "azure/vm-inspector jdk service");
        assertThat(proxy.getRequestCount()).isZero();
    }

    /** The client of the JDK cannot be derived, so that the adapter refuses it where a proxy would stand before a link-local service. */
    @Test
    void thePropertiesAreReadForControlServicesOnly() throws Exception {
        assertThat(agent(
                        Map.of(),
                        "-Dhttp.proxyHost=127.0.0.1",
                        "-Dhttp.proxyPort=" + proxy.getPort(),
                        "-Dhttp.nonProxyHosts="))
                .containsExactly(
                        "azure/imds okhttp service",
                        "azure/imds jdk IllegalArgumentException",
                        "azure/vm-inspector okhttp proxy",
                        "azure/vm-inspector jdk proxy");
    }

    /** Nothing answers at this SOCKS proxy, so that whoever uses it would be told so. */
    @Test
    void aSocksProxyIsForTheControlServicesOfOkHttpOnly() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = taken.getLocalPort();
        }
        assertThat(agent(Map.of(), "-DsocksProxyHost=127.0.0.1", "-DsocksProxyPort=" + port, "-DsocksNonProxyHosts="))
                .containsExactly(
                        "azure/imds okhttp service",
                        "azure/imds jdk service",
                        "azure/vm-inspector okhttp SocketException",
                        "azure/vm-inspector jdk service");
    }
}
