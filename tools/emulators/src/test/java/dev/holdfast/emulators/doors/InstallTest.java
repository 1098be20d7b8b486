package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.emulators.laws.Background;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.Once;
import dev.holdfast.emulators.laws.Shortly;
import dev.holdfast.emulators.laws.TimeoutNow;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import mockwebserver3.MockWebServer;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that has Holdfast installed: what it does for the services, what it leaves alone, and the limits that its Javadoc names. */
class InstallTest {
    @RegisterExtension
    final Bench bench = Bench.manual();

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private Interceptor telling(String name) {
        return chain -> {
            heard.add(name);
            return chain.proceed(chain.request());
        };
    }

    private Holdfast at200Millis() {
        return bench.azure()
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofMillis(200)))
                .build();
    }

    private OkHttpClient installed(
            UnaryOperator<OkHttpClient.Builder> before, UnaryOperator<OkHttpClient.Builder> after) {
        return bench.client(builder -> after.apply(HoldfastOkHttp.install(before.apply(builder), at200Millis())));
    }

    private OkHttpClient installed() {
        return installed(builder -> builder, builder -> builder);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itRetriesOwnRequestsAndInterceptorsRunAsTheJavadocSays(boolean async) throws Exception {
        bench.answers(Bench.status(503), Bench.status(503), Bench.ok());
        OkHttpClient client = installed(
                builder -> builder.addInterceptor(telling("application before"))
                        .addNetworkInterceptor(telling("network before")),
                builder -> builder.addInterceptor(telling("application after"))
                        .addNetworkInterceptor(telling("network after")));
        Call call = client.newCall(bench.get(Bench.INSTANCE));
        Background<Response> response = Background.run(() -> async ? Once.enqueued(call) : call.execute());
        for (int i = 0; i < 2; i++) {
            bench.time.awaitWaiters(1);
            // No more than the wait, or the next one might end with it, unseen.
            bench.time.advance(Duration.ofMillis(200));
        }
        try (Response last = response.get()) {
            assertThat(last.code()).isEqualTo(200);
            assertThat(HoldfastOkHttp.outcomeOf(last).attempts()).hasSize(3);
        }
        assertThat(heard).containsExactly("application before", "network before", "network before", "network before");
    }

    @Test
    void foreignRequestsPassUntouched() throws Exception {
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            other.enqueue(Bench.status(418));
            OkHttpClient client =
                    installed(builder -> builder, builder -> builder.addNetworkInterceptor(telling("network after")));
            Request request =
                    new Request.Builder().url(other.url("/metadata/instance")).build();
            try (Response response = client.newCall(request).execute()) {
                assertThat(response.code()).isEqualTo(418);
                assertThat(HoldfastOkHttp.outcomeOf(response)).isNull();
            }
            assertThat(other.takeRequest().getHeaders().get("Metadata")).isNull();
            assertThat(heard).containsExactly("network after");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelWakesTheWaitAtOnce(boolean async) throws Exception {
        bench.script.always(Bench.status(503));
        Call call = installed().newCall(bench.get(Bench.INSTANCE));
        Background<Response> waiting = Background.run(() -> async ? Once.enqueued(call) : call.execute());
        bench.time.awaitWaiters(1);
        call.cancel();
        Throwable thrown = waiting.thrown();
        assertThat(thrown).hasMessage("Canceled");
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTimeoutWakesTheWaitThoughVirtualTimeStands(boolean ofTheClient) throws Exception {
        bench.script.always(Bench.status(503));
        OkHttpClient client = ofTheClient
                ? installed(builder -> builder.callTimeout(Duration.ofHours(1)), builder -> builder)
                : installed();
        Call call = client.newCall(bench.get(Bench.INSTANCE));
        if (!ofTheClient) {
            call.timeout().timeout(1, TimeUnit.HOURS);
        }
        Background<Response> waiting = Background.run(call::execute);
        bench.time.awaitWaiters(1);
        TimeoutNow.fire(call);
        assertThat(waiting.thrown()).isInstanceOf(InterruptedIOException.class).hasMessage("timeout");
        assertThat(bench.requests()).isOne();
        assertThat(bench.time.elapsed()).isZero();
    }

    @Test
    void noWaitBeginsThatTheTimeoutWouldCut() throws Exception {
        bench.script.always(Bench.status(503));
        Holdfast slow = bench.azure()
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofMinutes(30)))
                .deadline(Duration.ofHours(9))
                .build();
        OkHttpClient client = bench.client(builder -> HoldfastOkHttp.install(builder, slow));
        Call call = client.newCall(bench.get(Bench.INSTANCE));
        call.timeout().timeout(20, TimeUnit.MINUTES);
        try (Response response = call.execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(HoldfastOkHttp.outcomeOf(response).reason()).isEqualTo(StopReason.DEADLINE);
        }
    }

    /** The limit for which {@code wrap} is to be preferred: it holds no dispatcher thread. */
    @Test
    void anAsynchronousCallHoldsItsDispatcherThreadWhileItWaits() throws Exception {
        bench.answers(Bench.status(503), Bench.ok(), Bench.status(503), Bench.ok());
        Once held = Once.of(installed().newCall(bench.get(Bench.INSTANCE)));
        bench.time.awaitWaiters(1);
        assertThat(bench.client.dispatcher().runningCallsCount()).isOne();
        bench.time.advance(Duration.ofSeconds(1));
        held.get().close();
        Once free = Once.of(HoldfastOkHttp.wrap(bench.client, at200Millis()).newCall(bench.get(Bench.INSTANCE)));
        bench.time.awaitWaiters(1);
        Shortly.until(() -> bench.client.dispatcher().runningCallsCount() == 0);
        bench.time.advance(Duration.ofSeconds(1));
        free.get().close();
    }
}
