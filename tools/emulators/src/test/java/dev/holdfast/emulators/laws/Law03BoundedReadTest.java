package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 3: whatever a body claims to be, at most 64 KiB of it are looked at (and what the buffer below took along). */
class Law03BoundedReadTest {
    // Guards BodyView.peek: source.request(ResponseView.BODY_LIMIT + 1L)
    private static final long BUFFER = 8 * 1024;

    @RegisterExtension
    final Bench bench = Bench.skipping();

    /** How much of each attempt's body was taken before anybody got it. */
    private final List<AtomicLong> taken = new CopyOnWriteArrayList<>();

    @BeforeEach
    void count() {
        bench.client = bench.client(this::counting);
    }

    private OkHttpClient.Builder counting(OkHttpClient.Builder builder) {
        return builder.addInterceptor(chain -> {
            Response response = chain.proceed(chain.request());
            AtomicLong counter = new AtomicLong();
            taken.add(counter);
            ResponseBody body = response.body();
            ForwardingSource counted = new ForwardingSource(body.source()) {
                @Override
                public long read(Buffer sink, long byteCount) throws IOException {
                    long read = super.read(sink, byteCount);
                    counter.addAndGet(Math.max(0, read));
                    return read;
                }
            };
            return response.newBuilder()
                    .body(ResponseBody.create(Okio.buffer(counted), body.contentType(), body.contentLength()))
                    .build();
        });
    }

    private void assertBoundedView(int attempts) {
        assertThat(taken).hasSize(attempts);
        assertThat(taken).allSatisfy(each -> assertThat(each.get()).isBetween(1L, ResponseView.BODY_LIMIT + BUFFER));
    }

    private static MockResponse bomb(int status) throws IOException {
        Buffer compressed = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(compressed))) {
            for (int i = 0; i < 32; i++) {
                sink.write(new byte[1024 * 1024]);
            }
        }
        return Bench.answer(status, "")
                .addHeader("Content-Encoding", "gzip")
                .body(compressed)
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gzipBomb(boolean async) throws Exception {
        bench.answers(bomb(503), bomb(503), bomb(400));
        Call call = bench.call(bench.azure());
        try (Response response = async ? Once.enqueued(call) : call.execute()) {
            assertBoundedView(3);
            assertThat(response.code()).isEqualTo(400);
            assertThat(response.body().source().readByteArray(1024 * 1024)).hasSize(1024 * 1024);
        }
    }

    private static void endless(RawServer.Line line, int status) throws IOException {
        line.request();
        line.head(status, "Transfer-Encoding: chunked");
        String chunk = "400\r\n" + "x".repeat(1024) + "\r\n";
        while (true) {
            line.say(chunk);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endlessBody(boolean async) throws Exception {
        try (RawServer server = new RawServer(line -> endless(line, 503), line -> endless(line, 400))) {
            Call call = HoldfastOkHttp.wrap(
                            bench.client,
                            bench.azure().endpoint(server.endpoint()).build())
                    .newCall(new Request.Builder()
                            .url(server.url(Bench.INSTANCE))
                            .build());
            try (Response response = async ? Once.enqueued(call) : call.execute()) {
                assertBoundedView(2);
                assertThat(response.code()).isEqualTo(400);
                assertThat(response.body().source().readByteArray(1024 * 1024)).hasSize(1024 * 1024);
            }
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEndlessFailureIsLeftAndRepeated(Adapter adapter) throws Exception {
        try (RawServer server = new RawServer(line -> endless(line, 503), line -> healthy(line))) {
            Reply reply = call(adapter, server);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.outcome().attempts()).hasSize(2);
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    private static void healthy(RawServer.Line line) throws IOException {
        line.request();
        line.answer(200, "fine");
    }

    private Reply call(Adapter adapter, RawServer server) throws Exception {
        return adapter.call(
                bench, bench.azure().endpoint(server.endpoint()).build(), Ask.get(server.url(Bench.INSTANCE)));
    }

    @ParameterizedTest
    @EnumSource
    void ofATruncatedFailureTheStatusDecides(Adapter adapter) throws Exception {
        try (RawServer server = new RawServer(line -> truncated(line, 503), line -> truncated(line, 400))) {
            Reply reply = call(adapter, server);
            assertThat(reply.outcome().attempts()).hasSize(2);
            assertThat(reply.outcome().attempts().get(0).status()).isEqualTo(503);
            assertThat(reply.outcome().attempts().get(1).status()).isEqualTo(400);
            assertThat(reply.outcome().reason()).isEqualTo(StopReason.FAILED);
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofATruncatedBodyTheCallerGetsWhatCameAndThenTheFault(boolean async) throws Exception {
        for (int status : new int[] {400, 200}) {
            try (RawServer server = new RawServer(line -> truncated(line, status))) {
                Call call = HoldfastOkHttp.wrap(
                                bench.client,
                                bench.azure().endpoint(server.endpoint()).build())
                        .newCall(new Request.Builder()
                                .url(server.url(Bench.INSTANCE))
                                .build());
                try (Response response = async ? Once.enqueued(call) : call.execute()) {
                    assertThat(response.code()).isEqualTo(status);
                    assertThat(response.body().source().readUtf8(9)).isEqualTo("{\"error\":");
                    assertThatThrownBy(() -> response.body().source().readByte())
                            .isInstanceOf(IOException.class);
                }
                assertThat(server.requests()).isOne();
            }
        }
    }

    private static void truncated(RawServer.Line line, int status) throws IOException {
        line.request();
        line.head(status, "Content-Length: 1000").say("{\"error\":");
    }
}
