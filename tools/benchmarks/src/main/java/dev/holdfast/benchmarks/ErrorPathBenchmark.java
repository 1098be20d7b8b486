package dev.holdfast.benchmarks;

import dev.failsafe.RetryPolicy;
import dev.holdfast.okhttp.HoldfastOkHttp;
import io.github.resilience4j.core.functions.CheckedSupplier;
import java.io.IOException;
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

/** A 503 with a body of 315 bytes, then a 200; no wait between. Only Holdfast reads the body. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ErrorPathBenchmark {
    private final OkHttpClient client = Canned.failingFirst().build();
    private final OkHttpClient bounded = Canned.withTimeout(Canned.failingFirst());
    private final Call.Factory holdfast =
            HoldfastOkHttp.wrap(Canned.failingFirst().build(), Ours.impatient());
    private final CheckedSupplier<Response> resilience4j = Peers.resilience4j(client, Canned.REQUEST);
    private final RetryPolicy<Response> policy = Peers.failsafe();

    @Benchmark
    public Response bareTwice() throws IOException {
        return twice(client);
    }

    @Benchmark
    public Response bareTwiceWithTimeout() throws IOException {
        return twice(bounded);
    }

    @Benchmark
    public Response holdfast() throws IOException {
        return succeeded(holdfast.newCall(Canned.REQUEST).execute());
    }

    @Benchmark
    public Response resilience4j() throws Throwable {
        return succeeded(resilience4j.get());
    }

    @Benchmark
    public Response failsafe() throws IOException {
        return succeeded(Peers.failsafe(policy, client, Canned.REQUEST));
    }

    private static Response twice(OkHttpClient client) throws IOException {
        client.newCall(Canned.REQUEST).execute().close();
        return succeeded(client.newCall(Canned.REQUEST).execute());
    }

    /** Else what is measured would not be what it says. */
    private static Response succeeded(Response response) {
        if (response.code() != 200) {
            throw new IllegalStateException("the last answer must be 200, but is " + response.code());
        }
        return response;
    }
}
