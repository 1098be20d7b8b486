package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.CapturedLogs;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two components of a process with different limits for one endpoint: no call of either fails, and one line says so. */
class DifferentLimitsTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    @ParameterizedTest
    @EnumSource
    void bothWorkAndOneLineNamesBoth(Adapter adapter) throws Exception {
        bench.script.always(Bench.ok());
        Limiters shared = Limiters.isolated(bench.time, bench.time);
        Limits narrow = Limits.NONE.concurrency(2);
        Limits wide = Limits.NONE.concurrency(7);
        Holdfast one = bench.azure().limiters(shared).limits("default", wide).build();
        Holdfast two = bench.azure().limiters(shared).limits("default", narrow).build();
        CapturedLogs.clear();
        for (Holdfast holdfast : new Holdfast[] {one, two, one, two}) {
            assertThat(adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE)).status())
                    .isEqualTo(200);
        }
        assertThat(CapturedLogs.lines().stream().filter(line -> line.contains("two limits")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("WARN")
                .contains("azure/imds")
                .contains(wide.toString())
                .contains(narrow.toString());
    }
}
