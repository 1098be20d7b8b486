package dev.holdfast.emulators.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.bytes.Answers.End;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.RawServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Law 3, at random: each adapter beside its plain client, over raw sockets, each of the two reads the whole body. Where the plain client does
 * not throw, ours does not, and it ends without more from the server than the plain client needed: the connection stays open until then.
 */
class RandomAnswersTest {
    /** After this the server ends a connection that the plain client still reads. A slow machine makes the test see less, never fail. */
    private static final long PATIENCE_MILLIS = 200;

    /** What a client reads of these that have no body is its own matter. */
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    void aFewAnswers() throws Exception {
        compare(System.nanoTime(), 40);
    }

    @Tag("nightly")
    @Test
    void manyAnswers() throws Exception {
        compare(System.nanoTime(), 3_000);
    }

    private void compare(long seed, int count) throws Exception {
        System.out.println("RandomAnswersTest seed " + seed);
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (!thread.getName().equals(Answers.PLAIN)) {
                uncaught.add(thrown);
            }
        });
        try (Answers answers = new Answers()) {
            for (int i = 0; i < count; i++) {
                byte[] bytes = RandomAnswer.of(seed + i);
                for (Adapter adapter : Adapter.values()) {
                    Server beside = new Server(bytes);
                    boolean needsTheEnd;
                    End plain;
                    try (beside) {
                        Future<End> running =
                                threads.submit((Callable<End>) () -> answers.plain(adapter, beside.server));
                        needsTheEnd = beside.endIfNeeded(running);
                        plain = running.get();
                    }
                    try (Server server = new Server(bytes)) {
                        Holdfast holdfast = holdfast(server.server);
                        Future<End> running =
                                threads.submit((Callable<End>) () -> answers.ours(adapter, server.server, holdfast));
                        // Where the plain client throws at once, as OkHttp does for a 407, ours may read a body to its
                        // end.
                        if (needsTheEnd || plain.thrown() != null) {
                            server.end();
                        }
                        check(plain, running.get(), name(seed + i, bytes, adapter));
                    }
                    assertThat(uncaught).as(name(seed + i, bytes, adapter)).isEmpty();
                }
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
            threads.shutdownNow();
        }
    }

    private static String name(long seed, byte[] bytes, Adapter adapter) {
        return adapter + ", seed " + seed + ": " + new String(bytes, StandardCharsets.ISO_8859_1).replace("\r\n", "|");
    }

    private static void check(End plain, End ours, String name) {
        if (plain.thrown() == null) {
            assertThat(ours.thrown()).as(name).isNull();
            assertThat(ours.status()).as(name).isEqualTo(plain.status());
            if (!WITHOUT_BODY.contains(ours.status())) {
                assertThat(ours.length()).as(name).isEqualTo(plain.length());
            }
        } else if (ours.thrown() != null && ours.status() == 0) {
            assertThat(ours.thrown()).as(name).isInstanceOf(IOException.class);
        }
    }

    /** One attempt, and no timeout that could end it: only bytes, or the end of the connection. */
    private static Holdfast holdfast(RawServer server) {
        VirtualTime time = VirtualTime.skipping();
        return Holdfast.builder(AzureImds.SERVICE)
                .endpoint(server.endpoint())
                .timeSource(time)
                .scheduler(time)
                .maxAttempts(1)
                .patience(Pace.STARTUP, Duration.ZERO)
                .patience(Pace.MAINTENANCE, Duration.ZERO)
                .deadline(Duration.ofHours(2))
                .attemptTimeout(Duration.ofHours(1))
                .withoutBudget()
                .build();
    }

    /** Says its bytes on each connection, which stays open until it is told to end. */
    private static final class Server implements AutoCloseable {
        private final CountDownLatch said = new CountDownLatch(1);
        private final CountDownLatch ends = new CountDownLatch(1);
        private final RawServer server;

        Server(byte[] bytes) throws IOException {
            server = new RawServer(line -> {
                line.request();
                line.say(bytes);
                said.countDown();
                try {
                    ends.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        /** Whether a client needed the end of its connection to come to its own. */
        boolean endIfNeeded(Future<?> client) throws Exception {
            try {
                client.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                return false;
            } catch (TimeoutException e) {
                end();
                return true;
            }
        }

        void end() throws InterruptedException {
            said.await();
            ends.countDown();
        }

        @Override
        public void close() throws IOException {
            ends.countDown();
            server.close();
        }
    }
}
