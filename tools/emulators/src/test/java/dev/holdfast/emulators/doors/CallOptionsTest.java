package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.CapturedLogs;
import dev.holdfast.emulators.laws.Once;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The caller's word on one request: a tag with OkHttp, an argument with java.net.http. */
class CallOptionsTest {
    private static final HttpClient JDK =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private enum Way {
        TAG,
        TAG_ASYNC,
        ARGUMENT,
        ARGUMENT_ASYNC
    }

    private Outcome call(Way way, CallOptions options) throws Exception {
        return call(way, options, bench.azure().build());
    }

    private Outcome call(Way way, CallOptions options, Holdfast holdfast) throws Exception {
        if (way == Way.TAG || way == Way.TAG_ASYNC) {
            Request request = bench.get(Bench.INSTANCE)
                    .newBuilder()
                    .tag(CallOptions.class, options)
                    .build();
            Call call = HoldfastOkHttp.wrap(bench.client, holdfast).newCall(request);
            try (Response response = way == Way.TAG ? call.execute() : Once.enqueued(call)) {
                return HoldfastOkHttp.outcomeOf(response);
            }
        }
        HoldfastHttpClient client = HoldfastHttpClient.wrap(JDK, holdfast);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(bench.url(Bench.INSTANCE))).build();
        HttpResponse<Void> response = way == Way.ARGUMENT
                ? client.send(request, options, BodyHandlers.discarding())
                : client.sendAsync(request, options, BodyHandlers.discarding()).get();
        return HoldfastHttpClient.outcomeOf(response);
    }

    @ParameterizedTest
    @EnumSource
    void aReplayOverridesTheOperations(Way way) throws Exception {
        bench.script.always(Bench.status(503));
        Outcome outcome = call(way, CallOptions.none().withReplay(RetrySafety.NEVER));
        assertThat(outcome.reason()).isEqualTo(StopReason.NOT_REPEATABLE);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlineBoundsThisCall(Way way) throws Exception {
        bench.script.always(Bench.status(503));
        // Far apart, so that the time that is left for an attempt is long for any machine.
        Backoff backoff = Backoff.fixed(Duration.ofMinutes(30));
        Holdfast patient = bench.azure()
                .backoff(Pace.TRANSIENT, backoff)
                .deadline(Duration.ofHours(9))
                .build();
        Outcome outcome = call(way, CallOptions.none().withDeadline(Duration.ofMinutes(40)), patient);
        assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(outcome.attempts()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aQuietCallSaysNothingAboveDebug(Way way) throws Exception {
        bench.answers(Bench.status(503), Bench.ok());
        CapturedLogs.clear();
        assertThat(call(way, CallOptions.none().quietly()).succeeded()).isTrue();
        assertThat(CapturedLogs.lines()).isNotEmpty().noneMatch(line -> line.matches("(INFO|WARN|ERROR) .*"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aOneShotBodyIsNeverSentTwiceWhateverTheCallerSays(boolean oneShot) throws Exception {
        bench.answers(Bench.status(503), Bench.ok());
        RequestBody body = new RequestBody() {
            @Override
            public MediaType contentType() {
                return null;
            }

            @Override
            public boolean isOneShot() {
                return oneShot;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8("approve");
            }
        };
        Request request = bench.get("/metadata/scheduledevents")
                .newBuilder()
                .post(body)
                .tag(CallOptions.class, CallOptions.none().withReplay(RetrySafety.ALWAYS))
                .build();
        try (Response response = bench.call(bench.azure(), request).execute()) {
            assertThat(response.code()).isEqualTo(oneShot ? 503 : 200);
        }
        assertThat(bench.requests()).isEqualTo(oneShot ? 1 : 2);
        for (int i = 0; i < bench.requests(); i++) {
            assertThat(bench.script.next().getBody().utf8()).isEqualTo("approve");
        }
    }
}
