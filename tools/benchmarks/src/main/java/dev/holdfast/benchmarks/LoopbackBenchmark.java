package dev.holdfast.benchmarks;

import dev.holdfast.core.Holdfast;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A call that succeeds at once over a real connection, to a server in the same process. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LoopbackBenchmark {
    private final LoopbackServer server;
    private final Request request;
    private final OkHttpClient client = new OkHttpClient();
    private final OkHttpClient bounded =
            client.newBuilder().callTimeout(Duration.ofSeconds(10)).build();
    private final Call.Factory holdfast;

    public LoopbackBenchmark() {
        try {
            server = new LoopbackServer();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        HttpUrl url = Objects.requireNonNull(HttpUrl.get(server.url()));
        request = Canned.REQUEST
                .newBuilder()
                .url(Canned.REQUEST
                        .url()
                        .newBuilder()
                        .host(url.host())
                        .port(url.port())
                        .build())
                .build();
        Holdfast ours = Ours.open().toBuilder().endpoint(server.url()).build();
        holdfast = HoldfastOkHttp.wrap(client, ours);
    }

    @TearDown
    public void close() throws IOException {
        server.close();
    }

    @Benchmark
    public int bare() throws IOException {
        return read(client);
    }

    @Benchmark
    public int bareWithTimeout() throws IOException {
        return read(bounded);
    }

    @Benchmark
    public int holdfast() throws IOException {
        return read(holdfast);
    }

    private int read(Call.Factory calls) throws IOException {
        try (Response response = calls.newCall(request).execute()) {
            return response.body().bytes().length;
        }
    }
}
