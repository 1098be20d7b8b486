package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.jdk.HoldfastHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Law 1 at java.net.http: an HTTP/2 connection over TLS that has gone silent costs one attempt timeout, not each attempt of the call. */
class SilentHttp2JdkTest {
    // Guards JdkTransport: copy.version(HttpClient.Version.HTTP_1_1)
    @RegisterExtension
    final Bench bench = Bench.skipping();

    /** A slow machine may need more than one for its second connection; on the silent one no number is enough. */
    private static final int ENOUGH = 20;

    private MutingRelay relay;
    private HttpClient plain;

    @BeforeEach
    void start() throws IOException {
        bench.server.useHttps(Trusting.server().getSocketFactory());
        bench.server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
        bench.script.always(Bench.ok());
        relay = new MutingRelay(bench.server.getPort());
        plain = HttpClient.newBuilder()
                .sslContext(Trusting.client())
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
    }

    private HttpResponse<String> call(Duration attemptTimeout, HttpRequest.Builder request) throws Exception {
        Holdfast holdfast = bench.azure()
                .endpoint(URI.create("https://127.0.0.1:" + relay.port()))
                .attemptTimeout(attemptTimeout)
                .maxAttempts(ENOUGH)
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofMillis(1)))
                .build();
        HttpRequest get = request.uri(URI.create("https://127.0.0.1:" + relay.port() + Bench.INSTANCE))
                .build();
        return HoldfastHttpClient.wrap(plain, holdfast).send(get, BodyHandlers.ofString());
    }

    @Test
    void theNextAttemptHasAConnectionOfItsOwn() throws Exception {
        assertThat(call(Duration.ofMinutes(5), HttpRequest.newBuilder()).version())
                .isEqualTo(Version.HTTP_2);
        relay.mute();

        HttpResponse<String> response = call(Duration.ofMillis(400), HttpRequest.newBuilder());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(Version.HTTP_1_1);
        assertThat(HoldfastHttpClient.outcomeOf(response).attempts()).hasSizeGreaterThan(1);
        assertThat(relay.accepted()).isGreaterThan(1);
    }
}
