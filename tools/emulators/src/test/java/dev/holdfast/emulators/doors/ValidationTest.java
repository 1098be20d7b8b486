package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.call.Access;
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
    void toBuilderKeepsAPreset() {
        VirtualTime time = VirtualTime.skipping();
        Holdfast one = AzureImds.background()
                .timeSource(time)
                .scheduler(time)
                .endpoint(URI.create("http://127.0.0.1:9"))
                .withoutBudget()
                .build();
        Holdfast other = one.toBuilder().build();
        assertThat(other.policy()).hasToString(one.policy().toString());
        assertThat(Access.of(other).limiter(AzureImds.SERVICE.operations().get(0), "a:80"))
                .isSameAs(Access.of(one).limiter(AzureImds.SERVICE.operations().get(0), "a:80"));
    }
}
