package dev.holdfast.emulators.azure;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.testkit.junit.HoldfastExtension;

/**
 * Gives each test an emulator of Azure's metadata service, as {@link HoldfastExtension} says:
 *
 * <pre>{@code
 * @ExtendWith(AzureImdsExtension.class)
 * class AgentTest {
 *     @Test
 *     void survivesMaintenance(AzureImdsEmulator imds, Holdfast.Builder holdfast) throws IOException {
 *         imds.play(Scenario.updating(Duration.ofSeconds(75)));
 *         Agent agent = new Agent(HoldfastOkHttp.wrap(new OkHttpClient(), holdfast.build()));
 *         assertEquals("westeurope", agent.location());
 *     }
 * }
 * }</pre>
 */
public final class AzureImdsExtension extends HoldfastExtension<AzureImdsEmulator> {
    /** With a clock that skips waits, and another seed each time. */
    public AzureImdsExtension() {
        super(AzureImds.SERVICE, AzureImdsEmulator::new);
    }
}
