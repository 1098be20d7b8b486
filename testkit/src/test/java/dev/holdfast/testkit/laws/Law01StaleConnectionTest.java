package dev.holdfast.testkit.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.error.Kind;
import dev.holdfast.core.retry.StopReason;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.laws.Door.Reply;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Request;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 1: a pooled connection that died is the policy's business; OkHttp alone would send the request again without a word. */
class Law01StaleConnectionTest {
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSecondCallTakesTwoAttemptsAndTwoRequests(boolean async) throws Exception {
        try (RawServer server = new RawServer(Law01StaleConnectionTest::dying, Law01StaleConnectionTest::healthy)) {
            Holdfast holdfast = bench.azure().endpoint(server.endpoint()).build();
            assertThat(call(server, holdfast, async).body()).isEqualTo("first");

            Reply second = call(server, holdfast, async);

            assertThat(second.body()).isEqualTo("later");
            assertThat(second.outcome().attempts()).hasSize(2);
            assertThat(second.outcome().attempts().get(0).fault()).isNotNull();
            assertThat(second.outcome().attempts().get(0).decision().kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withOneAttemptAllowedTheCallerGetsTheFault(boolean async) throws Exception {
        try (RawServer server = new RawServer(Law01StaleConnectionTest::dying, Law01StaleConnectionTest::healthy)) {
            Holdfast holdfast =
                    bench.azure().endpoint(server.endpoint()).maxAttempts(1).build();
            call(server, holdfast, async);

            Reply second = call(server, holdfast, async);

            assertThat(second.thrown()).isInstanceOf(IOException.class);
            assertThat(second.outcome().reason()).isEqualTo(StopReason.ATTEMPTS);
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    private Reply call(RawServer server, Holdfast holdfast, boolean async) throws IOException {
        Request request = new Request.Builder().url(server.url(Bench.INSTANCE)).build();
        Call call = HoldfastOkHttp.wrap(bench.client, holdfast).newCall(request);
        return Door.reply(call, async);
    }
}
