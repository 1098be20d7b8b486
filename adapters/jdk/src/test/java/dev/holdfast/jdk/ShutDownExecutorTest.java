package dev.holdfast.jdk;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.core.outcome.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client whose executor was shut down never works again, so a call through it is not repeated. */
class ShutDownExecutorTest {
    private final FakeTime time = FakeTime.flying();

    static Stream<Throwable> refusals() {
        RejectedExecutionException refused = new RejectedExecutionException("shut down");
        return Stream.of(refused, new IOException("no thread", refused));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void itsRefusalIsNoFaultToRetry(Throwable refusal) throws Exception {
        try (RawServer unused = RawServer.failing(0, "")) {
            StubClient stub = new StubClient();
            stub.fail(refusal);
            HttpClient client = HoldfastHttpClient.wrap(
                    stub, Clients.policy(unused, time).maxAttempts(3).build());
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://169.254.169.254/x"))
                    .build();
            Throwable thrown = catchThrowable(() -> client.send(request, ofString()));
            assertThat(thrown).isNotNull();
            assertThat(time.waits).as("waits before another attempt").isEmpty();
            assertThat(Outcome.of(thrown).attempts().size()).isLessThanOrEqualTo(1);
        }
    }
}
