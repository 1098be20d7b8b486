package dev.holdfast.testkit.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.gate.GateRefusedException;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.retry.StopReason;
import dev.holdfast.testkit.laws.Bench;
import dev.holdfast.testkit.laws.Door;
import dev.holdfast.testkit.laws.Door.Ask;
import dev.holdfast.testkit.laws.Door.Reply;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The last of the stop reasons: who cannot be served before his deadline is refused at once, on a clock that stands still. */
class GateRefusedTest {
    @RegisterExtension
    final Bench bench = Bench.manual();

    @ParameterizedTest
    @EnumSource
    void gateRefused(Door door) throws Exception {
        bench.script.always(Bench.ok());
        Holdfast narrow = bench.azure()
                .gate("default", GateSettings.OPEN.withRate(1, Duration.ofMinutes(10)))
                .build();
        assertThat(door.call(bench, narrow, Ask.get(Bench.INSTANCE)).status()).isEqualTo(200);
        Reply second = door.call(bench, narrow, Ask.get(Bench.INSTANCE));
        assertThat(second.thrown()).isInstanceOf(GateRefusedException.class);
        assertThat(second.outcome().reason()).isEqualTo(StopReason.GATE_REFUSED);
        assertThat(bench.requests()).isOne();
    }
}
