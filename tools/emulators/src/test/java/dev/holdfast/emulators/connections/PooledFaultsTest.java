package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.Shortly;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What befalls a connection of the pool between two GETs, with the result of the plain client beside that of the wrapped one. A cell says
 * {@code good}, with the attempts where there were more than one, or the type of what was thrown.
 *
 * <p>Closed: the server has closed the connection. A client that reads its idle connections has closed its side before the second GET. Silent:
 * nothing passes on it any more and nothing closes it; the time-out of an attempt and of a plain call is {@link #TIMEOUT}.
 */
class PooledFaultsTest {
    private static final String MATRIX = """
            fault  | protocol | client | plain                  | wrapped
            closed | http/1.1 | okhttp | good                   | good after 2, fresh connection
            closed | http/1.1 | jdk    | good                   | good
            closed | tls      | okhttp | good                   | good after 2, fresh connection
            closed | tls      | jdk    | good                   | good
            closed | tls h2   | okhttp | good                   | good
            closed | tls h2   | jdk    | good                   | good
            silent | http/1.1 | okhttp | SocketTimeoutException | good after 2
            silent | http/1.1 | jdk    | HttpTimeoutException   | good after 2
            silent | tls      | okhttp | SocketTimeoutException | good after 2
            silent | tls      | jdk    | HttpTimeoutException   | good after 2
            silent | tls h2   | okhttp | SocketTimeoutException | good after 2
            silent | tls h2   | jdk    | HttpTimeoutException   | HttpTimeoutException
            """;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private MutingRelay relay;
    private URI endpoint;

    private record Row(String fault, String protocol, String client, String plain, String wrapped) {
        boolean tls() {
            return protocol.startsWith("tls");
        }

        boolean http2() {
            return protocol.endsWith("h2");
        }

        boolean okhttp() {
            return client.equals("okhttp");
        }
    }

    /** Sends one GET and returns how many attempts it took. */
    private interface Get {
        String send() throws Exception;
    }

    private static Stream<Row> rows(String fault) {
        return MATRIX.lines()
                .skip(1)
                .map(line -> {
                    List<String> cells =
                            Arrays.stream(line.split("\\|")).map(String::strip).toList();
                    return new Row(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4));
                })
                .filter(row -> row.fault().equals(fault));
    }

    static Stream<Row> closed() {
        return rows("closed");
    }

    static Stream<Row> silent() {
        return rows("silent");
    }

    @ParameterizedTest
    @MethodSource
    void closed(Row row) throws Exception {
        compare(row);
    }

    /** Each takes as long as its time-outs. */
    @Tag("nightly")
    @ParameterizedTest
    @MethodSource
    void silent(Row row) throws Exception {
        compare(row);
    }

    private void compare(Row row) throws Exception {
        if (row.tls()) {
            bench.server.close();
            bench.server = new mockwebserver3.MockWebServer();
            bench.server.setDispatcher(bench.script);
            bench.server.useHttps(Trusting.server().getSocketFactory());
            bench.server.setProtocols(
                    row.http2() ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.HTTP_1_1));
            bench.server.start();
        }
        bench.script.always(Bench.ok());
        assertThat(second(row, false)).as("plain").isEqualTo(row.plain());
        assertThat(second(row, true)).as("wrapped").isEqualTo(row.wrapped());
    }

    /** The result of the second of two GETs, between which the fault struck. */
    private String second(Row row, boolean wrapped) throws Exception {
        try (MutingRelay between = new MutingRelay(bench.server.getPort())) {
            relay = between;
            endpoint = URI.create((row.tls() ? "https" : "http") + "://127.0.0.1:" + between.port());
            Get get = row.okhttp() ? okhttp(wrapped) : jdk(wrapped, row.http2());
            assertThat(get.send()).isEqualTo("good");
            if (row.fault().equals("silent")) {
                relay.mute();
            } else {
                relay.closeForClients();
                if (!row.okhttp() || row.http2()) {
                    Shortly.until(() -> relay.clients() == 0);
                }
            }
            return get.send();
        }
    }

    private Holdfast holdfast() {
        return Holdfast.builder(AzureImds.SERVICE)
                .limits("default", Limits.NONE)
                .endpoint(endpoint)
                .attemptTimeout(TIMEOUT)
                .maxAttempts(2)
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofMillis(1)))
                .build();
    }

    private static String good(Outcome outcome) {
        if (outcome == null || outcome.attempts().size() == 1) {
            return "good";
        }
        boolean fresh = outcome.attempts().get(1).freshConnection();
        return "good after " + outcome.attempts().size() + (fresh ? ", fresh connection" : "");
    }

    private Get okhttp(boolean wrapped) {
        OkHttpClient client =
                bench.client(Trusting::client).newBuilder().readTimeout(TIMEOUT).build();
        Call.Factory calls = wrapped ? HoldfastOkHttp.wrap(client, holdfast()) : client;
        Request request = new Request.Builder().url(endpoint + Bench.INSTANCE).build();
        return () -> {
            try (Response response = calls.newCall(request).execute()) {
                response.body().string();
                return good(HoldfastOkHttp.outcomeOf(response));
            } catch (IOException e) {
                return e.getClass().getSimpleName();
            }
        };
    }

    private Get jdk(boolean wrapped, boolean http2) {
        HttpClient plain = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .sslContext(Trusting.client())
                .version(http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .build();
        HttpClient client = wrapped ? HoldfastHttpClient.wrap(plain, holdfast()) : plain;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint + Bench.INSTANCE));
        if (!wrapped) {
            request.timeout(TIMEOUT);
        }
        return () -> {
            try {
                HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
                return wrapped ? good(HoldfastHttpClient.outcomeOf(response)) : "good";
            } catch (IOException e) {
                return e.getClass().getSimpleName();
            }
        };
    }
}
