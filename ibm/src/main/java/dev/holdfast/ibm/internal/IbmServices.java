package dev.holdfast.ibm.internal;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.ServiceProvider;
import dev.holdfast.core.service.Service;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Lists the services of this module. */
public final class IbmServices implements ServiceProvider {

    @Override
    public List<Service> services() {
        return List.of(IbmVpcMetadata.SERVICE);
    }

    @Override
    public Map<String, Supplier<Holdfast.Builder>> presets(Service service) {
        Map<String, Supplier<Holdfast.Builder>> presets = new LinkedHashMap<>();
        if (service.id().equals("ibm/vpc-metadata")) {
            presets.put("boot", IbmVpcMetadata::boot);
            presets.put("interactive", IbmVpcMetadata::interactive);
            presets.put("background", IbmVpcMetadata::background);
        }
        return presets;
    }
}
