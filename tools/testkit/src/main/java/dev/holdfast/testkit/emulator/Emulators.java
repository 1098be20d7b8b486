package dev.holdfast.testkit.emulator;

import dev.holdfast.core.time.TimeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The emulators on the path, by the ids of their services: those of every {@link EmulatorProvider} that is found. */
public final class Emulators {
    private Emulators() {}

    private static Map<String, EmulatorProvider> found() {
        Map<String, EmulatorProvider> found = new LinkedHashMap<>();
        for (EmulatorProvider provider : ServiceLoader.load(EmulatorProvider.class)) {
            for (String service : provider.services()) {
                EmulatorProvider other = found.putIfAbsent(service, provider);
                if (other != null) {
                    throw new IllegalStateException("\"" + service + "\" has two emulators: of "
                            + other.getClass().getName() + " and of "
                            + provider.getClass().getName() + "; take one of them off the path");
                }
            }
        }
        return found;
    }

    /**
     * Returns the services that can be emulated.
     *
     * @return their ids; each provider's in its own order, the providers in the order of the path
     */
    public static List<String> ids() {
        return List.copyOf(found().keySet());
    }

    /**
     * Makes a new emulator.
     *
     * @param service the service's id, such as {@code azure/imds}
     * @param clock the emulator's clock
     * @return the emulator, not started
     * @throws IllegalArgumentException if there is none for that service; names those that there are
     */
    public static Emulator of(String service, TimeSource clock) {
        Map<String, EmulatorProvider> found = found();
        EmulatorProvider provider = found.get(service);
        if (provider == null) {
            throw new IllegalArgumentException(
                    "\"" + service + "\" cannot be emulated; there are " + String.join(", ", found.keySet()));
        }
        return provider.emulator(service, clock);
    }
}
