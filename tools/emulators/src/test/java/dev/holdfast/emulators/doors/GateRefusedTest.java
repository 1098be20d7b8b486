package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.RequestNotPermittedException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
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
    void gateRefused(Adapter adapter) throws Exception {
        bench.script.always(Bench.ok());
        Holdfast narrow = bench.azure()
                .limits("default", Limits.NONE.rate(1, Duration.ofMinutes(10)))
                .build();
        assertThat(adapter.call(bench, narrow, Ask.get(Bench.INSTANCE)).status())
                .isEqualTo(200);
        Reply second = adapter.call(bench, narrow, Ask.get(Bench.INSTANCE));
        assertThat(second.thrown()).isInstanceOf(RequestNotPermittedException.class);
        assertThat(second.outcome().reason()).isEqualTo(StopReason.NOT_PERMITTED);
        assertThat(bench.requests()).isOne();
    }
}
