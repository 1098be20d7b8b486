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

/** A call that succeeds at once, without a network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SuccessPathBenchmark {
    private final OkHttpClient client = Canned.succeeding().build();
    private final OkHttpClient bounded = Canned.withTimeout(Canned.succeeding());
    private final Call.Factory open = HoldfastOkHttp.wrap(client, Ours.open());
    private final Call.Factory limited = HoldfastOkHttp.wrap(client, Ours.limited());
    private final CheckedSupplier<Response> resilience4j = Peers.resilience4j(client, Canned.REQUEST);
    private final CheckedSupplier<Response> resilience4jBounded = Peers.resilience4j(bounded, Canned.REQUEST);
    private final RetryPolicy<Response> policy = Peers.failsafe();

    @Benchmark
    public Response bare() throws IOException {
        return client.newCall(Canned.REQUEST).execute();
    }

    @Benchmark
    public Response bareWithTimeout() throws IOException {
        return bounded.newCall(Canned.REQUEST).execute();
    }

    @Benchmark
    public Response holdfast() throws IOException {
        return open.newCall(Canned.REQUEST).execute();
    }

    /** A request that has not been seen before: what is remembered of the last one does not help. */
    @Benchmark
    public Response holdfastNewRequest() throws IOException {
        return open.newCall(Canned.REQUEST.newBuilder().build()).execute();
    }

    @Benchmark
    public Response bareNewRequest() throws IOException {
        return bounded.newCall(Canned.REQUEST.newBuilder().build()).execute();
    }

    @Benchmark
    public Response holdfastWithLimiter() throws IOException {
        return limited.newCall(Canned.REQUEST).execute();
    }

    @Benchmark
    public Response resilience4j() throws Throwable {
        return resilience4j.get();
    }

    @Benchmark
    public Response resilience4jWithTimeout() throws Throwable {
        return resilience4jBounded.get();
    }

    @Benchmark
    public Response failsafe() throws IOException {
        return Peers.failsafe(policy, client, Canned.REQUEST);
    }

    @Benchmark
    public Response failsafeWithTimeout() throws IOException {
        return Peers.failsafe(policy, bounded, Canned.REQUEST);
    }
}
