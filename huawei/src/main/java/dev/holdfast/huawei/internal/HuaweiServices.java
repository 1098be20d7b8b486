package dev.holdfast.huawei.internal;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.ServiceProvider;
import dev.holdfast.core.service.Service;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Lists the services of this module. */
public final class HuaweiServices implements ServiceProvider {
    /** Stands for all regions: the region matters to the address of a request only. */
    private static final String REGION = "cn-southwest-2";

    @Override
    public List<Service> services() {
        return List.of(HuaweiIMetal.in(REGION), HuaweiMetadata.SERVICE);
    }

    @Override
    public Map<String, Supplier<Holdfast.Builder>> presets(Service service) {
        Map<String, Supplier<Holdfast.Builder>> presets = new LinkedHashMap<>();
        if (service.id().equals("huawei/imetal")) {
            presets.put("interactive", () -> HuaweiIMetal.interactive(REGION));
            presets.put("background", () -> HuaweiIMetal.background(REGION));
        }
        if (service.id().equals("huawei/metadata")) {
            presets.put("boot", HuaweiMetadata::boot);
            presets.put("interactive", HuaweiMetadata::interactive);
            presets.put("background", HuaweiMetadata::background);
        }
        return presets;
    }
}
