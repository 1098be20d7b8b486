package dev.holdfast.testkit.emulator;

import dev.holdfast.core.time.TimeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The emulators by the ids of their services. */
public final class Emulators {
    private static final Map<String, Function<TimeSource, Emulator>> ALL = new LinkedHashMap<>();

    // A new emulator has a line here, and a script of the same name among the tests' resources (CurlTest).
    static {
        ALL.put("azure/imds", AzureImdsEmulator::new);
        ALL.put("azure/vm-inspector", AzureVmInspectorEmulator::new);
        ALL.put("ibm/vpc-metadata", IbmVpcMetadataEmulator::new);
        ALL.put("huawei/imetal", HuaweiIMetalEmulator::new);
        ALL.put("huawei/metadata", HuaweiMetadataEmulator::new);
        ALL.put("alibaba/slb", AlibabaSlbEmulator::new);
        ALL.put("alibaba/metadata", AlibabaMetadataEmulator::new);
    }

    private Emulators() {}

    /**
     * Which services there are.
     *
     * @return their ids, in an order to print them in
     */
    public static List<String> ids() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * A new emulator.
     *
     * @param service the service's id, such as {@code azure/imds}
     * @param clock its clock
     * @return the emulator, not started
     * @throws IllegalArgumentException if there is none for that service; names those that there are
     */
    public static Emulator of(String service, TimeSource clock) {
        Function<TimeSource, Emulator> maker = ALL.get(service);
        if (maker == null) {
            throw new IllegalArgumentException(
                    "\"" + service + "\" cannot be emulated; there are " + String.join(", ", ALL.keySet()));
        }
        return maker.apply(clock);
    }
}
