package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.Emulators;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class EmulateCommandTest {

    static Iterable<String> services() {
        return Emulators.ids();
    }

    @ParameterizedTest
    @MethodSource("services")
    void runsUntilItIsStopped(String service) throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        PipedInputStream pipe = new PipedInputStream(1 << 16);
        PrintStream out = new PrintStream(new PipedOutputStream(pipe), false, StandardCharsets.UTF_8);
        CommandLine line = new CommandLine(new EmulateCommand(out, out, TimeSource.system(), stopped));
        CompletableFuture<Integer> exit =
                CompletableFuture.supplyAsync(() -> line.execute(service, "--scenario", "unavailable"));
        BufferedReader reader = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8));
        String first = reader.readLine();
        assertThat(first)
                .startsWith(service + " is emulated at http://127.0.0.1:")
                .endsWith("(Ctrl-C).");
        URI url = URI.create(first.replaceAll(".* at (\\S+) until.*", "$1"));
        assertThat(reader.readLine()).startsWith("Scenario unavailable: The next 3 requests");
        assertThat(reader.readLine()).isEmpty();
        assertThat(reader.readLine()).isEqualTo("Ask it, for example:");
        String example = reader.readLine();
        while (example.startsWith("  #")) {
            example = reader.readLine();
        }
        assertThat(example).contains("curl ", url.toString());
        HttpClient client = HttpClient.newHttpClient();
        assertThat(client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(503);
        assertThat(exit).isNotDone();
        stopped.countDown();
        assertThat(exit.get()).isZero();
        assertThatThrownBy(() -> new Socket("127.0.0.1", url.getPort()).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void saysWhereItCannotListen() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Run run = Run.of("emulate", "azure/imds", "--port", String.valueOf(taken.getLocalPort()));
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .startsWith("holdfast emulate: cannot listen on port " + taken.getLocalPort() + " of 127.0.0.1: ")
                    .hasLineCount(1);
        }
    }

    @Test
    void helpNamesTheScenarios() {
        assertThat(Run.of("emulate", "--help").out()).contains("throttle", "key-rotation", "rough-start");
    }
}
