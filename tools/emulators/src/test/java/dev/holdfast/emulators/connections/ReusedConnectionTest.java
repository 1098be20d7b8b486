package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.CapturedLogs;
import dev.holdfast.emulators.laws.SeenEvents;
import dev.holdfast.emulators.laws.Shortly;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.ConnectionPool;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 1: a pooled connection that the server has closed is not the service's fault, and costs a call nothing but one more connection. */
class ReusedConnectionTest {
    // Guards CallMachine.failed: FreshConnection.follows
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private IdleServer server;

    @BeforeEach
    void start() throws IOException {
        server = new IdleServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Holdfast.Builder holdfast() {
        return bench.azure().endpoint(server.endpoint());
    }

    private Request get() {
        return new Request.Builder().url(server.endpoint() + Bench.INSTANCE).build();
    }

    private Request post(RetrySafety safety, RequestBody body) {
        return get().newBuilder()
                .post(body)
                .tag(CallOptions.class, CallOptions.none().withReplay(safety))
                .build();
    }

    private static RequestBody text() {
        return RequestBody.create("write", null);
    }

    private static RequestBody oneShot() {
        return new RequestBody() {
            private boolean written;

            @Override
            public okhttp3.MediaType contentType() {
                return null;
            }

            @Override
            public long contentLength() {
                return 5;
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                if (written) {
                    throw new IOException("written twice");
                }
                written = true;
                sink.writeUtf8("write");
            }
        };
    }

    /** Fills the pool of the client with idle connections. */
    private void pooled(int connections) throws Exception {
        server.gather(connections);
        List<CompletableFuture<Response>> running = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            running.add(HoldfastOkHttp.send(bench.call(holdfast(), get())));
        }
        for (CompletableFuture<Response> each : running) {
            each.get().close();
        }
        ConnectionPool pool = bench.client.connectionPool();
        Shortly.until(() -> pool.idleConnectionCount() == connections);
    }

    private Reply reply(Holdfast.Builder holdfast, Request request) {
        return Adapter.reply(bench.call(holdfast, request), false);
    }

    private static void assertFresh(Outcome outcome) {
        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.attempts()).extracting(Attempt::freshConnection).containsExactly(false, true);
        assertThat(outcome.attempts().get(0).pause()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void staleConnectionsCostOneMoreAttemptAndNoWait(int stale) throws Exception {
        pooled(stale);
        server.closeIdle();
        int before = server.accepted();

        Reply reply = reply(holdfast(), get());

        assertThat(reply.body()).isEqualTo("good");
        assertFresh(reply.outcome());
        assertThat(bench.time.elapsed()).isZero();
        assertThat(server.accepted() - before).isOne();
        assertThat(server.requests()).isEqualTo(stale + 1);
    }

    /** Also those that are in the pool beside the dead one, so that the next call does not meet them. */
    @Test
    void theIdleConnectionsOfTheAddressAreGoneAfterOneProvedDead() throws Exception {
        pooled(5);
        server.closeIdle();
        reply(holdfast(), get());
        assertThat(bench.client.connectionPool().connectionCount()).isOne();

        Reply next = reply(holdfast(), get());
        assertThat(next.outcome().attempts()).hasSize(1);
    }

    @Test
    void connectionsToOtherAddressesStay() throws Exception {
        pooled(2);
        bench.answers(Bench.ok());
        bench.client.newCall(bench.get(Bench.INSTANCE)).execute().close();
        server.closeIdle();

        assertFresh(reply(holdfast(), get()).outcome());

        assertThat(bench.client.connectionPool().connectionCount()).isEqualTo(2);
        bench.answers(Bench.ok());
        bench.client.newCall(bench.get(Bench.INSTANCE)).execute().close();
        assertThat(bench.server.takeRequest().getConnectionIndex())
                .isEqualTo(bench.server.takeRequest().getConnectionIndex());
    }

    @Test
    void itCostsNeitherAnAttemptNorTheBudget() throws Exception {
        pooled(1);
        server.closeIdle();
        assertFresh(reply(holdfast().maxAttempts(1), get()).outcome());
    }

    @Test
    void asynchronouslyToo() throws Exception {
        pooled(3);
        server.closeIdle();
        assertFresh(Adapter.reply(bench.call(holdfast(), get()), true).outcome());
    }

    /** Before a write goes out the connection is looked at, so that it is known that nothing was sent. */
    @ParameterizedTest
    @EnumSource
    void aWriteOnAClosedConnectionIsSentOnAFreshOne(RetrySafety safety) throws Exception {
        pooled(2);
        server.closeIdle();
        Reply reply = reply(holdfast(), post(safety, text()));
        assertFresh(reply.outcome());
        if (safety != RetrySafety.ALWAYS) {
            assertThat(reply.outcome().attempts().get(0).decision().processed()).isEqualTo(Processed.NO);
        }
        assertThat(server.bodies()).isEqualTo("write".length());
    }

    @Test
    void aBodyThatCanBeReadOnlyOnceTooBecauseNothingOfItWasRead() throws Exception {
        pooled(1);
        server.closeIdle();
        assertFresh(reply(holdfast(), post(RetrySafety.ALWAYS, oneShot())).outcome());
        assertThat(server.bodies()).isEqualTo("write".length());
    }

    /** The look takes nothing away where the connection lives. */
    @Test
    void aWriteOnALivingConnectionUsesIt() throws Exception {
        pooled(1);
        Reply reply = reply(holdfast(), post(RetrySafety.NEVER, text()));
        assertThat(reply.body()).isEqualTo("good");
        assertThat(reply.outcome().attempts()).hasSize(1);
        assertThat(server.accepted()).isOne();
    }

    /** What the server said unasked would be taken for the answer to the write. */
    @Test
    void aConnectionOnWhichTheServerSpokeUnaskedIsNotUsedForAWrite() throws Exception {
        pooled(1);
        server.speakUnasked();
        Reply reply = reply(holdfast(), post(RetrySafety.NEVER, text()));
        assertThat(reply.status()).isEqualTo(200);
        assertFresh(reply.outcome());
        assertThat(server.accepted()).isEqualTo(2);
    }

    @Test
    void outcomeAndEventsSayFreshConnection() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        pooled(1);
        server.closeIdle();
        Outcome outcome =
                reply(holdfast().listener(new SeenEvents(seen)), get()).outcome();
        assertThat(outcome.toString()).contains(", fresh connection 200]");
        assertThat(outcome.table()).contains("(fresh connection)");
        assertThat(outcome.json()).containsOnlyOnce("\"freshConnection\":true");
        assertThat(seen).anyMatch(event -> event.startsWith("AttemptEvent") && event.contains("fresh connection"));
    }

    @Test
    void aFreshConnectionThatDiesTooIsTheServicesAffair() throws Exception {
        pooled(1);
        server.close();
        server.closeIdle();
        Reply reply = reply(holdfast().maxAttempts(2), get());
        assertThat(reply.thrown()).isInstanceOf(IOException.class);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.ATTEMPTS);
        assertThat(reply.outcome().attempts())
                .extracting(Attempt::freshConnection)
                .containsExactly(false, true, false);
        // The two faults before it, and the outcome.
        assertThat(reply.thrown().getSuppressed()).hasSize(3);
    }

    @Test
    void aServiceThatLivesIsNotSaidToBeInTrouble() throws Exception {
        pooled(2);
        server.closeIdle();
        CapturedLogs.clear();
        assertFresh(reply(holdfast(), get()).outcome());
        assertThat(CapturedLogs.lines())
                .anyMatch(line -> line.contains("attempt 2: fresh connection, 200"))
                .noneMatch(line -> line.contains("in trouble"));
    }

    /** The FIN is seen over TLS too, and a session ticket that comes late is no byte of an answer. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void overTlsAWriteLooksFirstToo(boolean closed) throws Exception {
        server.close();
        server = new IdleServer("https", Trusting.server().getServerSocketFactory());
        bench.client = bench.client(Trusting::client);
        pooled(2);
        if (closed) {
            server.closeIdle();
        }
        Reply reply = reply(holdfast(), post(RetrySafety.NEVER, text()));
        assertThat(reply.body()).isEqualTo("good");
        assertThat(reply.outcome().attempts()).hasSize(closed ? 2 : 1);
        assertThat(server.accepted()).isEqualTo(closed ? 3 : 2);
        assertThat(server.bodies()).isEqualTo("write".length());
    }
}
