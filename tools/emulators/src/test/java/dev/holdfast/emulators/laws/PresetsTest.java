package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the presets promise in their Javadoc, in minutes of virtual time. */
class PresetsTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private void updatingFor(Duration length) {
        bench.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return bench.time.elapsed().compareTo(length) < 0 ? Bench.status(410) : Bench.ok();
            }
        });
    }

    private Reply call(Adapter adapter, Holdfast.Builder preset) throws Exception {
        return adapter.call(bench, bench.here(preset).build(), Ask.get(Bench.INSTANCE));
    }

    @ParameterizedTest
    @EnumSource
    void theDefaultSurvivesAMaintenanceOf75Seconds(Adapter adapter) throws Exception {
        updatingFor(Duration.ofSeconds(75));
        Reply reply = call(adapter, Holdfast.builder(AzureImds.SERVICE));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.outcome().total()).isBetween(Duration.ofSeconds(75), Duration.ofSeconds(85));
    }

    @ParameterizedTest
    @EnumSource
    void theDefaultGivesUpAt90SecondsWithItsLastAttemptExactlyThen(Adapter adapter) throws Exception {
        updatingFor(Duration.ofDays(1));
        Outcome outcome = call(adapter, Holdfast.builder(AzureImds.SERVICE)).outcome();
        List<Attempt> attempts = outcome.attempts();
        assertThat(outcome.reason()).isEqualTo(StopReason.PATIENCE);
        assertThat(attempts.get(attempts.size() - 1).startedAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(outcome.total()).isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @EnumSource
    void bootSurvivesAMaintenanceOf75Seconds(Adapter adapter) throws Exception {
        updatingFor(Duration.ofSeconds(75));
        assertThat(call(adapter, AzureImds.boot()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void interactiveReportsAMaintenanceAtOnce(Adapter adapter) throws Exception {
        updatingFor(Duration.ofDays(1));
        Reply reply = call(adapter, AzureImds.interactive());
        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.PATIENCE);
        assertThat(reply.outcome().total()).isZero();
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void interactiveMakesThreeAttemptsWithinSixSeconds(Adapter adapter) throws Exception {
        bench.script.always(Bench.status(503));
        Outcome outcome = call(adapter, AzureImds.interactive()).outcome();
        assertThat(outcome.reason()).isEqualTo(StopReason.ATTEMPTS);
        assertThat(outcome.total()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(6));
        assertThat(bench.requests()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void backgroundOutlastsAnOutageOfAMinuteAndAMaintenanceOfFour(Adapter adapter) throws Exception {
        updatingFor(Duration.ofMinutes(4));
        assertThat(call(adapter, AzureImds.background()).status()).isEqualTo(200);
        bench.server.setDispatcher(bench.script);
        bench.script.always(Bench.status(503));
        Outcome outcome = call(adapter, AzureImds.background()).outcome();
        assertThat(outcome.attempts()).hasSize(8);
        assertThat(outcome.total()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(255));
    }

    /** Starts a server once so much virtual time has passed. Until then its port is taken, but nobody listens there. */
    private final class LateServer implements HoldfastListener, AutoCloseable {
        private final MockWebServer late = new MockWebServer();
        private final Socket reserved = new Socket();
        private final InetAddress host = InetAddress.getByName("127.0.0.1");
        private final int port;
        private boolean started;

        LateServer() throws IOException {
            reserved.bind(new InetSocketAddress(host, 0));
            port = reserved.getLocalPort();
            late.enqueue(Bench.ok());
        }

        URI endpoint() {
            return URI.create("http://127.0.0.1:" + port);
        }

        @Override
        public void onRetryScheduled(RetryEvent event) {
            if (!started && bench.time.elapsed().compareTo(Duration.ofSeconds(60)) >= 0) {
                started = true;
                try {
                    reserved.close();
                    late.start(host, port);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public void close() throws IOException {
            reserved.close();
            late.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bootSurvivesAMinuteInWhichNobodyAnswers(boolean async) throws Exception {
        try (LateServer late = new LateServer()) {
            Holdfast.Builder holdfast =
                    bench.here(AzureImds.boot()).listener(late).endpoint(late.endpoint());
            Call call = bench.call(
                    holdfast,
                    new Request.Builder().url(late.endpoint() + Bench.INSTANCE).build());
            try (Response response = async ? Once.enqueued(call) : call.execute()) {
                assertThat(response.code()).isEqualTo(200);
            }
            assertThat(bench.time.elapsed()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(75));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theDefaultDoesNot(boolean async) throws Exception {
        try (LateServer late = new LateServer()) {
            Holdfast.Builder holdfast = bench.azure().listener(late).endpoint(late.endpoint());
            Call call = bench.call(
                    holdfast,
                    new Request.Builder().url(late.endpoint() + Bench.INSTANCE).build());
            Outcome outcome = Adapter.reply(call, async).outcome();
            assertThat(outcome.reason()).isEqualTo(StopReason.ATTEMPTS);
            assertThat(outcome.attempts()).hasSize(5);
        }
    }
}
