package dev.holdfast.testkit.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Gates;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.call.Access;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a vendor's own settings add to the checks of a builder; the checks themselves are tested in core. */
class ValidationTest {
    @Test
    void patienceBelowWhatTheVendorDocumentsIsRefused() {
        Holdfast.Builder builder =
                Holdfast.builder(AzureImds.SERVICE).patience(Pace.MAINTENANCE, Duration.ofMinutes(1));
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessage(
                        "patience for MAINTENANCE must be zero or at least PT1M10S, which azure/imds documents, but is PT1M");
    }

    @Test
    void settingsThatContradictAnOpenGateNameBoth() {
        Gates gates = Gates.isolated();
        GateSettings wide = GateSettings.OPEN.withConcurrency(7);
        Holdfast first = Holdfast.builder(AzureImds.SERVICE).gates(gates).build();
        Access.of(first).gate(AzureImds.SERVICE.operations().get(0), "127.0.0.1:80");
        Holdfast second = first.toBuilder().gate("default", wide).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Access.of(second).gate(AzureImds.SERVICE.operations().get(0), "127.0.0.1:80"))
                .withMessageContaining("PT0.21S")
                .withMessageContaining("concurrency=7");
    }

    @Test
    void toBuilderKeepsAPreset() {
        VirtualTime time = VirtualTime.skipping();
        Holdfast one = AzureImds.background()
                .clock(time)
                .scheduler(time)
                .endpoint(URI.create("http://127.0.0.1:9"))
                .withoutBudget()
                .build();
        Holdfast other = one.toBuilder().build();
        assertThat(other.policy()).hasToString(one.policy().toString());
        assertThat(Access.of(other).gate(AzureImds.SERVICE.operations().get(0), "a:80"))
                .isSameAs(Access.of(one).gate(AzureImds.SERVICE.operations().get(0), "a:80"));
    }
}
