package dev.holdfast.cli;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Service;
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

    static KnownService of(
            Service service,
            Supplier<Holdfast.Builder> boot,
            Supplier<Holdfast.Builder> interactive,
            Supplier<Holdfast.Builder> background) {
        Map<String, Supplier<Holdfast.Builder>> presets = new LinkedHashMap<>();
        presets.put("boot", boot);
        presets.put("interactive", interactive);
        presets.put("background", background);
        return new KnownService(service, Collections.unmodifiableMap(presets));
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
