package dev.holdfast.emulators.huawei;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.EmulatorProvider;
import java.util.List;

/** Makes the emulators of Huawei Cloud's services. */
public final class HuaweiEmulators implements EmulatorProvider {
    /** Called by the service loader. */
    public HuaweiEmulators() {}

    @Override
    public List<String> services() {
        return List.of("huawei/imetal", "huawei/metadata");
    }

    @Override
    public Emulator emulator(String service, TimeSource clock) {
        return switch (service) {
            case "huawei/imetal" -> new HuaweiIMetalEmulator(clock);
            case "huawei/metadata" -> new HuaweiMetadataEmulator(clock);
            default -> throw new IllegalArgumentException("\"" + service + "\" is none of " + services());
        };
    }
}
