package dev.holdfast.cli;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.service.Service;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A service and its presets by name. */
record KnownService(Service service, Map<String, Supplier<Holdfast.Builder>> presets) {

    static KnownService of(Service service) {
        return new KnownService(service, Map.of());
    }

    KnownService with(String preset, Supplier<Holdfast.Builder> builder) {
        Map<String, Supplier<Holdfast.Builder>> more = new LinkedHashMap<>(presets);
        more.put(preset, builder);
        return new KnownService(service, Collections.unmodifiableMap(more));
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
