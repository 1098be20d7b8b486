package dev.holdfast.alibaba.internal;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.ServiceProvider;
import dev.holdfast.core.service.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Lists the services of this module. */
public final class AlibabaServices implements ServiceProvider {
    /** Stands for all regions: the region matters to the address of a request only. */
    private static final String REGION = "cn-hangzhou";

    @Override
    public List<Service> services() {
        return List.of(AlibabaSlb.in(REGION), AlibabaMetadata.SERVICE);
    }

    @Override
    public Map<String, Supplier<Holdfast.Builder>> presets(Service service) {
        Map<String, Supplier<Holdfast.Builder>> presets = new LinkedHashMap<>();
        if (service.id().equals("alibaba/slb")) {
            presets.put("interactive", () -> AlibabaSlb.interactive(REGION));
            presets.put("background", () -> AlibabaSlb.background(REGION));
        }
        if (service.id().equals("alibaba/metadata")) {
            presets.put("boot", AlibabaMetadata::boot);
            presets.put("interactive", AlibabaMetadata::interactive);
            presets.put("background", AlibabaMetadata::background);
        }
        return presets;
    }
}
