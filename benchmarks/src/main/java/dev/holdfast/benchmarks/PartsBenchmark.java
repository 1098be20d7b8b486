package dev.holdfast.benchmarks;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Operation;
import dev.holdfast.core.call.Access;
import dev.holdfast.core.gate.Gate;
import dev.holdfast.core.retry.RetryAccounts;
import dev.holdfast.core.time.Clock;
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
    private final Gate open = gate(Ours.open());
    private final Gate limited = gate(Ours.limited());
    private final RetryAccounts accounts = RetryAccounts.of("bench/parts", RetryRegistry.ofDefaults());

    private static Gate gate(Holdfast holdfast) {
        Operation first = holdfast.service().operations().get(0);
        return Access.of(holdfast).gate(first, "169.254.169.254:80");
    }

    @Benchmark
    public boolean gateOpen() {
        return open.tryEnter();
    }

    @Benchmark
    public boolean gateWithLimiter() {
        return limited.tryEnter();
    }

    /** A full budget, as on every clean path. */
    @Benchmark
    public void budgetSucceeded() {
        open.budget().succeeded();
    }

    @Benchmark
    public void accountsSucceeded() {
        accounts.succeeded();
    }

    @Benchmark
    public long nanoTime() {
        return Clock.system().nanoTime();
    }
}
