package dev.holdfast.azure.internal;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.ServiceProvider;
import dev.holdfast.core.service.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Lists the services of this module. */
public final class AzureServices implements ServiceProvider {

    @Override
    public List<Service> services() {
        return List.of(AzureImds.SERVICE, AzureVmInspector.SERVICE);
    }

    @Override
    public Map<String, Supplier<Holdfast.Builder>> presets(Service service) {
        Map<String, Supplier<Holdfast.Builder>> presets = new LinkedHashMap<>();
        if (service.id().equals("azure/imds")) {
            presets.put("boot", AzureImds::boot);
            presets.put("interactive", AzureImds::interactive);
            presets.put("background", AzureImds::background);
        }
        if (service.id().equals("azure/vm-inspector")) {
            presets.put("interactive", AzureVmInspector::interactive);
            presets.put("background", AzureVmInspector::background);
        }
        return presets;
    }
}
