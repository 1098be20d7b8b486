package dev.holdfast.emulators.alibaba;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.EmulatorProvider;
import java.util.List;

/** Makes the emulators of Alibaba Cloud's services. */
public final class AlibabaEmulators implements EmulatorProvider {
    /** Called by the service loader. */
    public AlibabaEmulators() {}

    @Override
    public List<String> services() {
        return List.of("alibaba/slb", "alibaba/metadata");
    }

    @Override
    public Emulator emulator(String service, TimeSource clock) {
        return switch (service) {
            case "alibaba/slb" -> new AlibabaSlbEmulator(clock);
            case "alibaba/metadata" -> new AlibabaMetadataEmulator(clock);
            default -> throw new IllegalArgumentException("\"" + service + "\" is none of " + services());
        };
    }
}
