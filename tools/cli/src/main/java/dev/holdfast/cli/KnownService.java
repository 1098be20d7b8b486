package dev.holdfast.cli;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.ServiceProvider;
import dev.holdfast.core.service.Service;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A service and its presets by name. */
record KnownService(Service service, Map<String, Supplier<Holdfast.Builder>> presets) {

    static Stream<KnownService> of(ServiceProvider provider) {
        return provider.services().stream().map(service -> new KnownService(service, provider.presets(service)));
    }

    /** The service's own policy where no preset is named. */
    Holdfast.Builder holdfast(@Nullable String preset) {
        if (preset == null) {
            return Holdfast.builder(service);
        }
        Supplier<Holdfast.Builder> found = presets.get(preset);
        if (found == null) {
            throw new WrongUsage("--preset \"" + preset + "\" is none of " + service.id() + ", which has "
                    + (presets.isEmpty() ? "no presets" : String.join(", ", presets.keySet())));
        }
        return found.get();
    }
}
