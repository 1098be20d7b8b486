package dev.holdfast.emulators.ibm;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.EmulatorProvider;
import java.util.List;

/** Makes the emulators of IBM Cloud's services. */
public final class IbmEmulators implements EmulatorProvider {
    /** Called by the service loader. */
    public IbmEmulators() {}

    @Override
    public List<String> services() {
        return List.of("ibm/vpc-metadata");
    }

    @Override
    public Emulator emulator(String service, TimeSource clock) {
        return switch (service) {
            case "ibm/vpc-metadata" -> new IbmVpcMetadataEmulator(clock);
            default -> throw new IllegalArgumentException("\"" + service + "\" is none of " + services());
        };
    }
}
