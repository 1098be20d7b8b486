package dev.holdfast.emulators.azure;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.EmulatorProvider;
import java.util.List;

/** Makes the emulators of Azure's services. */
public final class AzureEmulators implements EmulatorProvider {
    /** Called by the service loader. */
    public AzureEmulators() {}

    @Override
    public List<String> services() {
        return List.of("azure/imds", "azure/vm-inspector");
    }

    @Override
    public Emulator emulator(String service, TimeSource clock) {
        return switch (service) {
            case "azure/imds" -> new AzureImdsEmulator(clock);
            case "azure/vm-inspector" -> new AzureVmInspectorEmulator(clock);
            default -> throw new IllegalArgumentException("\"" + service + "\" is none of " + services());
        };
    }
}
