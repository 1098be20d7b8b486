package dev.holdfast.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call starts no more threads than the plain client's, on one core and on two: where the JDK starts a thread for each task, too. */
class ThreadsTest {
    private static final int CALLS = 300;

    /** What a pool has at most while it warms up: the timer of our calls, a pooled thread for a hop, and one that comes while it ends. */
    private static final long ONCE = 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aCallStartsNoThreadOfItsOwn(int cores) throws Exception {
        List<Long> started = new ArrayList<>();
        for (String line : child(cores)) {
            if (line.startsWith("started ")) {
                started.add(Long.valueOf(line.substring("started ".length())));
            }
        }
        assertThat(started)
                .as("threads for plain send, send, plain sendAsync, sendAsync")
                .hasSize(4);
        assertThat(started.get(1)).as("send: %s", started).isLessThanOrEqualTo(started.get(0) + ONCE);
        assertThat(started.get(3)).as("sendAsync: %s", started).isLessThanOrEqualTo(started.get(2) + ONCE);
    }

    private static List<String> child(int cores) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-XX:ActiveProcessorCount=" + cores,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Counting.class.getName())
                .redirectErrorStream(true)
                .start();
        try (InputStream out = process.getInputStream()) {
            List<String> lines = new String(out.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor()).as("%s", lines).isZero();
            return lines;
        }
    }

    /** What the child runs. */
    static final class Counting {
        private Counting() {}

        private interface Sending {
            void once(HttpClient client, HttpRequest request) throws Exception;
        }

        public static void main(String[] args) throws Exception {
            try (RawServer server = RawServer.failing(0, "")) {
                HttpClient plain = Clients.plain();
                HttpClient ours = HoldfastHttpClient.wrap(
                        plain, Clients.policy(server, FakeTime.flying()).build());
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create(server.uri("/x").toString()))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                Sending blocking = (client, each) -> client.send(each, BodyHandlers.ofString());
                Sending async = (client, each) ->
                        client.sendAsync(each, BodyHandlers.ofString()).get();
                started(blocking, plain, request);
                started(blocking, ours, request);
                for (Sending sending : List.of(blocking, async)) {
                    System.out.println("started " + started(sending, plain, request));
                    System.out.println("started " + started(sending, ours, request));
                }
            }
        }

        private static long started(Sending sending, HttpClient client, HttpRequest request) throws Exception {
            long before = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
            for (int i = 0; i < CALLS; i++) {
                sending.once(client, request);
            }
            return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount() - before;
        }
    }
}
