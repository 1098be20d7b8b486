package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.demo.DemoCall;
import dev.holdfast.testkit.emulator.Emulators;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
    private static final Duration MOST = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE})
    void everyCallEndsAsItMust(long seed) {
        VirtualTime time = VirtualTime.skipping();
        Run run = Run.in(time, "demo", "--seed", Long.toString(seed));
        assertThat(run.out())
                .contains(Emulators.ids())
                .contains("20 of 20 calls ended as they must", "--seed " + seed)
                .doesNotContain("✗");
        assertThat(run.exit()).isZero();
        assertThat(time.elapsed()).isLessThan(MOST);
    }

    @Test
    void oneSeedPrintsTheSameAndAnotherDoesNot() {
        String one = demoWithoutTook("7");
        assertThat(demoWithoutTook("7")).isEqualTo(one);
        assertThat(demoWithoutTook("8")).isNotEqualTo(one);
    }

    private static String demoWithoutTook(String seed) {
        return Run.in(VirtualTime.skipping(), "demo", "--seed", seed)
                .out()
                .replaceAll("(?m)^(\\d+ +[\\d.]+ \\S+) +[\\d.]+ m?s", "$1")
                .replaceAll("Took \\S+", "");
    }

    @Test
    void aCallThatEndsOtherwiseIsShownAndCounts() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DemoReport report = new DemoReport(new PrintStream(bytes, true, StandardCharsets.UTF_8), 3);
        List<DemoCall> calls = Demo.calls();
        report.heading(calls.get(1));
        report.ended(calls.get(1), Outcome.cleanSuccess("azure/imds", "instance", 200, Duration.ofMillis(3)), 1, 0);
        report.heading(calls.get(2));
        report.ended(calls.get(2), null, 0, 0);
        assertThat(report.end(Duration.ofSeconds(1))).isFalse();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains(
                        "✗ It must end as succeeded with 200 after 3 requests, but it ended as succeeded with 200 after 1 request.",
                        "no outcome",
                        "0 of 2 calls ended as they must");
    }
}
