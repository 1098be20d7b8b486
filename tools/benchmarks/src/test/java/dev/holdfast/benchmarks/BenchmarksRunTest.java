package dev.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures nothing: each benchmark runs once, so that none of them breaks unseen. */
class BenchmarksRunTest {
    static {
        // JMH reads this when its runner is loaded. Nothing is measured here, so another run on the machine does no
        // harm.
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void eachRunsOnce() throws Exception {
        Options once = new OptionsBuilder()
                .include("dev.holdfast.benchmarks")
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .timeout(TimeValue.minutes(4))
                .timeUnit(TimeUnit.MICROSECONDS)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        assertThat(new Runner(once).run()).hasSizeGreaterThanOrEqualTo(25);
    }

    @Test
    void theErrorBodyIsAsLongAsTheNotesSay() {
        assertThat(Canned.ERROR_BODY).hasSize(315);
    }
}
