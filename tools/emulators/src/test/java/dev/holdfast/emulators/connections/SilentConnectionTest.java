package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.Protocol;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Law 1: an HTTP/2 connection that has gone silent is left, although nothing closes it. */
class SilentConnectionTest {
    // Guards HostGuard: ReadTimeout.below(chain)
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private MutingRelay relay;

    @BeforeEach
    void start() throws IOException {
        bench.server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
        bench.client = bench.client(builder -> builder.protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO));
        bench.script.always(Bench.ok());
        relay = new MutingRelay(bench.server.getPort());
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
    }

    private Holdfast.Builder holdfast(Duration attemptTimeout) {
        return bench.azure()
                .endpoint(URI.create("http://127.0.0.1:" + relay.port()))
                .attemptTimeout(attemptTimeout)
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofMillis(1)));
    }

    private Reply call(Holdfast.Builder holdfast) {
        Request request = new Request.Builder()
                .url("http://127.0.0.1:" + relay.port() + Bench.INSTANCE)
                .build();
        return Adapter.reply(bench.call(holdfast, request), false);
    }

    @Test
    void theReadTimeoutIsFirstAndTheRetryWaitsForThePing() {
        assertThat(call(holdfast(Duration.ofMinutes(5))).status()).isEqualTo(200);
        relay.mute();

        Outcome outcome = call(holdfast(Duration.ofSeconds(2)).maxAttempts(2)).outcome();

        // The attempt timeout would say InterruptedIOException.
        assertThat(outcome.attempts().get(0).fault()).isEqualTo("SocketTimeoutException");
        assertThat(outcome.attempts().get(0).pause()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    /** In real time, because the ping of OkHttp is. */
    @Test
    @Tag("nightly")
    void theNextAttemptHasAConnectionOfItsOwn() {
        assertThat(call(holdfast(Duration.ofMinutes(5))).status()).isEqualTo(200);
        relay.mute();

        Reply reply = call(holdfast(Duration.ofSeconds(10))
                .timeSource(TimeSource.system())
                .scheduler(Scheduler.shared())
                .maxAttempts(2));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.outcome().attempts()).hasSize(2);
        assertThat(relay.accepted()).isEqualTo(2);
    }
}
