package dev.holdfast.benchmarks;

import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A call that succeeds at once through all of OkHttp and over a connection in memory: our interceptors, which a canned answer hides, count here. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MemoryWireBenchmark {
    private final OkHttpClient client = new OkHttpClient.Builder()
            .socketFactory(new MemoryWire())
            .proxy(Proxy.NO_PROXY)
            .build();
    private final OkHttpClient bounded =
            client.newBuilder().callTimeout(Duration.ofSeconds(10)).build();
    private final Call.Factory holdfast = HoldfastOkHttp.wrap(client, Ours.open());

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

    static int read(Call.Factory calls) throws IOException {
        try (Response response = calls.newCall(Canned.REQUEST).execute()) {
            return response.body().bytes().length;
        }
    }
}
