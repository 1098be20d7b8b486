package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 1: a pooled connection that died is our business; a client alone would send the request again without a word. */
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

    private Reply call(Adapter adapter, RawServer server, Holdfast.Builder holdfast) throws Exception {
        return adapter.call(bench, holdfast.endpoint(server.endpoint()).build(), Ask.get(server.url(Bench.INSTANCE)));
    }

    @ParameterizedTest
    @EnumSource
    void theSecondCallTakesTwoAttemptsAndTwoRequests(Adapter adapter) throws Exception {
        try (RawServer server = server()) {
            assertThat(call(adapter, server, bench.azure()).body()).isEqualTo("first");

            Reply second = call(adapter, server, bench.azure());

            assertThat(second.body()).isEqualTo("later");
            assertThat(second.outcome().attempts()).hasSize(2);
            assertThat(second.outcome().attempts().get(0).fault()).isNotNull();
            assertThat(second.outcome().attempts().get(0).decision().kind()).isEqualTo(ErrorKind.UNREACHABLE);
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOneOnAFreshConnectionIsNotCountedWhereTheClientTellsThatItReusedOne(Adapter adapter) throws Exception {
        try (RawServer server = server()) {
            call(adapter, server, bench.azure());

            Reply second = call(adapter, server, bench.azure().maxAttempts(1));

            if (adapter.isOkHttp()) {
                assertThat(second.body()).isEqualTo("later");
                assertThat(second.outcome().attempts().get(1).freshConnection()).isTrue();
            } else {
                assertThat(second.thrown()).isInstanceOf(IOException.class);
                assertThat(second.outcome().reason()).isEqualTo(StopReason.ATTEMPTS);
            }
            assertThat(server.requests()).isEqualTo(adapter.isOkHttp() ? 3 : 2);
        }
    }
}
