package dev.holdfast.benchmarks;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.call.Access;
import dev.holdfast.core.internal.engine.Resilience4jRecorder;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.time.TimeSource;
import io.github.resilience4j.retry.RetryRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the success path is made of, each part alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PartsBenchmark {
    private final EndpointLimiter open = limiter(Ours.open());
    private final EndpointLimiter limited = limiter(Ours.limited());
    private final Resilience4jRecorder recorder = Resilience4jRecorder.of("bench/parts", RetryRegistry.ofDefaults());

    private static EndpointLimiter limiter(Holdfast holdfast) {
        Operation first = holdfast.service().operations().get(0);
        return Access.of(holdfast).limiter(first, "169.254.169.254:80");
    }

    @Benchmark
    public EndpointLimiter.Permit gateOpen() {
        return open.tryEnter();
    }

    @Benchmark
    public EndpointLimiter.Permit gateWithLimiter() {
        return limited.tryEnter();
    }

    /** A full budget, as on every clean path. */
    @Benchmark
    public void budgetSucceeded() {
        open.budget().succeeded();
    }

    @Benchmark
    public void accountsSucceeded() {
        recorder.succeeded();
    }

    @Benchmark
    public long nanoTime() {
        return TimeSource.system().nanoTime();
    }
}
