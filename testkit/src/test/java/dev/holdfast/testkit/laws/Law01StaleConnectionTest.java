package dev.holdfast.testkit.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.error.Kind;
import dev.holdfast.core.retry.StopReason;
import dev.holdfast.testkit.laws.Door.Ask;
import dev.holdfast.testkit.laws.Door.Reply;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 1: a pooled connection that died is the policy's business; a client alone would send the request again without a word. */
class Law01StaleConnectionTest {
    // Guards HoldfastCallFactory: retryOnConnectionFailure(false)
    @RegisterExtension
    final Bench bench = Bench.skipping();

    /** Answers once, then takes the second request and hangs up. */
    private static void dying(RawServer.Line line) throws IOException {
        line.request();
        line.answer(200, "first");
        line.request();
    }

    private static void healthy(RawServer.Line line) throws IOException {
        while (true) {
            line.request();
            line.answer(200, "later");
        }
    }

    private static RawServer server() throws IOException {
        return new RawServer(Law01StaleConnectionTest::dying, Law01StaleConnectionTest::healthy);
    }

    private Reply call(Door door, RawServer server, Holdfast.Builder holdfast) throws Exception {
        return door.call(bench, holdfast.endpoint(server.endpoint()).build(), Ask.get(server.url(Bench.INSTANCE)));
    }

    @ParameterizedTest
    @EnumSource
    void theSecondCallTakesTwoAttemptsAndTwoRequests(Door door) throws Exception {
        try (RawServer server = server()) {
            assertThat(call(door, server, bench.azure()).body()).isEqualTo("first");

            Reply second = call(door, server, bench.azure());

            assertThat(second.body()).isEqualTo("later");
            assertThat(second.outcome().attempts()).hasSize(2);
            assertThat(second.outcome().attempts().get(0).fault()).isNotNull();
            assertThat(second.outcome().attempts().get(0).decision().kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withOneAttemptAllowedTheCallerGetsTheFault(Door door) throws Exception {
        try (RawServer server = server()) {
            call(door, server, bench.azure());

            Reply second = call(door, server, bench.azure().maxAttempts(1));

            assertThat(second.thrown()).isInstanceOf(IOException.class);
            assertThat(second.outcome().reason()).isEqualTo(StopReason.ATTEMPTS);
            assertThat(server.requests()).isEqualTo(2);
        }
    }
}
