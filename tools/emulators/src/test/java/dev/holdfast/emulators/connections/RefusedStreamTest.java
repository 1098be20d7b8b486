package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.jdk.HoldfastHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Law 8: a stream of HTTP/2 that the server refuses is not sent again by the JDK's client, which sends a one-shot body empty then (JDK 25).
 */
class RefusedStreamTest {
    // Guards SingleSend: throw new IllegalStateException("the request has been sent already")
    @ParameterizedTest
    @CsvSource({"POST, false", "POST, true", "PUT, false", "PUT, true", "DELETE, false", "PATCH, true"})
    void oneAttemptIsOneStream(String method, boolean async) throws Exception {
        try (FrameServer server = FrameServer.tls(stream -> {
            if (stream.number() == 1) {
                stream.reset(FrameServer.REFUSED_STREAM);
            } else {
                stream.answer();
            }
        })) {
            Service service = Service.builder("test/control")
                    .baseUrl(server.url())
                    .operation(Operation.named("write").path("/write").retrySafety(RetrySafety.NEVER))
                    .build();
            HttpClient client = HoldfastHttpClient.wrap(
                    HttpClient.newBuilder().sslContext(Trusting.client()).build(), Holdfast.of(service));
            ByteArrayInputStream once = new ByteArrayInputStream("the only body".getBytes(StandardCharsets.UTF_8));
            BodyPublisher body = method.equals("POST")
                    ? BodyPublishers.ofInputStream(() -> once)
                    : BodyPublishers.ofString("the only body");
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/write"))
                    .method(method, body)
                    .build();

            Outcome outcome = outcome(client, request, async);

            assertThat(outcome.attempts()).hasSize(1);
            assertThat(server.streams()).isOne();
            Attempt refused = outcome.attempts().get(0);
            assertThat(refused.decision().processed()).isEqualTo(Processed.NO);
        }
    }

    private static Outcome outcome(HttpClient client, HttpRequest request, boolean async) throws Exception {
        try {
            return HoldfastHttpClient.outcomeOf(
                    async
                            ? client.sendAsync(request, BodyHandlers.ofString()).get()
                            : client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Outcome.of(e);
        } catch (ExecutionException e) {
            return Outcome.of(e.getCause());
        }
    }
}
