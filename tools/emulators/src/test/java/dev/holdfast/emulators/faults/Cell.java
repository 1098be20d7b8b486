package dev.holdfast.emulators.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.faults.Client.Reply;
import dev.holdfast.emulators.faults.FaultServer.Talk;
import dev.holdfast.emulators.laws.Shortly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;

/** One cell of the matrix: a fault, and what comes after it. */
record Cell(Fault fault, boolean pooled, RetrySafety retrySafety, Client client) {
    static final Duration DEADLINE = Duration.ofMinutes(10);
    /** Never fires: the test's own limit is shorter. */
    static final Duration USUAL = Duration.ofMinutes(10);

    private static final String PATH = "/metadata/instance?api-version=2021-02-01";

    /** What became of the call: attempts made, requests that reached the server, connections left open beyond the pool's, and what the caller got. */
    record Result(int attempts, int requests, int left, Reply reply) {
        /** As the table has it. */
        String text() {
            return attempts + "/" + requests + " " + end();
        }

        private String end() {
            if (reply.outcome().succeeded()) {
                return reply.thrown() == null ? "good" : "broken";
            }
            String answer = reply.thrown() == null ? " " + reply.status() : "";
            return reply.outcome().reason().id() + answer;
        }
    }

    /** The fault once, then good answers. */
    Result once() throws Exception {
        // There is no good answer over TLS from a server whose certificate nobody trusts.
        return fault.isTls() ? always(3) : run(List.of(talk(), FaultServer.Line::answers), true, 3);
    }

    /** The fault as often as the call comes. */
    Result always(int maxAttempts) throws Exception {
        return run(List.of(talk()), false, maxAttempts);
    }

    private Talk talk() {
        Talk talk = fault.talk();
        if (talk == null) {
            return FaultServer.Line::answers;
        }
        return pooled ? line -> talk.with(line.request().answer(200, "warm")) : talk;
    }

    private Result run(List<Talk> talks, boolean heals, int maxAttempts) throws Exception {
        VirtualTime time = VirtualTime.skipping();
        OkHttpClient okhttp = null;
        try (FaultServer server = server(talks)) {
            AttemptTimer timer = new AttemptTimer(fault, server);
            okhttp = Client.okhttp(timer);
            int warm = 0;
            if (pooled) {
                Reply first = call(okhttp, holdfast(timer, time, false, 1), timer);
                assertThat(first.body()).isEqualTo("warm");
                assertThat(server.requests()).isOne();
                warm = 1;
                if (fault.isIdle()) {
                    server.nowIdle();
                    server.awaitFallen();
                    if (!client.isOkHttp() && fault == Fault.IDLE_CLOSED) {
                        // It looks after its pool, and is given the time to.
                        Shortly.until(() -> server.openConnections() == 0);
                    }
                }
            }
            timer.arm();
            Reply reply = call(okhttp, holdfast(timer, time, heals, maxAttempts), timer);

            int attempts = reply.outcome().attempts().size();
            assertThat(reply.outcome().total()).as("virtual time").isLessThan(DEADLINE);
            OkHttpClient used = okhttp;
            Shortly.until(() -> isIdle(used) && time.pending() == 0);
            // An exception has taken its connection with it; after an answer one may wait in the pool.
            int kept = reply.thrown() == null ? 1 : 0;
            if (!fault.isLeftOpenBy(client)) {
                Shortly.until(() -> server.openConnections() <= kept);
            }
            return new Result(attempts, server.requests() - warm, server.openConnections() - kept, reply);
        } finally {
            time.shutDown();
            if (okhttp != null) {
                okhttp.connectionPool().evictAll();
                okhttp.dispatcher().executorService().shutdown();
            }
        }
    }

    /** Whether each connection was given back, and no call runs or is queued. */
    private static boolean isIdle(OkHttpClient client) {
        return client.connectionPool().connectionCount()
                        == client.connectionPool().idleConnectionCount()
                && client.dispatcher().runningCallsCount() == 0
                && client.dispatcher().queuedCallsCount() == 0;
    }

    private FaultServer server(List<Talk> talks) throws IOException {
        return switch (fault) {
            case CONNECT_REFUSED -> FaultServer.refusing(talks);
            case CONNECT_STALL, CONNECT_STALL_LONG -> FaultServer.stalling(talks);
            default -> FaultServer.listening(talks);
        };
    }

    private Reply call(OkHttpClient okhttp, Holdfast holdfast, AttemptTimer timer) throws Exception {
        return client.call(
                okhttp, holdfast, holdfast.endpoint() + PATH, CallOptions.none().withReplay(retrySafety), timer);
    }

    private Holdfast holdfast(AttemptTimer timer, VirtualTime time, boolean heals, int maxAttempts) {
        FaultServer server = timer.server();
        String scheme = fault.isTls() ? "https" : "http";
        return Holdfast.builder(AzureImds.SERVICE)
                .limits("default", Limits.NONE)
                .withoutBudget()
                .timeSource(time)
                .scheduler(time)
                .random(Randomness.seeded(42))
                .endpoint(URI.create(scheme + "://127.0.0.1:" + server.port()))
                .deadline(DEADLINE)
                .maxAttempts(maxAttempts)
                .attemptTimeout(
                        timer.armed() && TimedHttpClient.timesBody(fault, client) ? AttemptTimer.AT_ONCE : USUAL)
                .listener(new HoldfastListener() {
                    @Override
                    public void onRetryScheduled(RetryEvent event) {
                        if (heals) {
                            timer.disarm();
                            open(server);
                        }
                    }
                })
                .build();
    }

    private static void open(FaultServer server) {
        try {
            server.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
