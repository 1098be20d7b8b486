package dev.holdfast.testkit.emulator;

import dev.holdfast.core.time.TimeSource;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Makes the emulators of a vendor's services. Found by {@link ServiceLoader}, on the class path through {@code META-INF/services} and on
 * the module path through {@code provides}; {@link Emulators} asks every provider on the path. Implementations are stateless and have a
 * public constructor without parameters.
 */
public interface EmulatorProvider {

    /**
     * Returns the services that the provider has emulators for.
     *
     * @return their ids, such as {@code azure/imds}, in the order in which they are listed
     */
    List<String> services();

    /**
     * Makes a new emulator.
     *
     * @param service one of {@link #services}
     * @param clock the emulator's clock
     * @return the emulator, not started
     */
    Emulator emulator(String service, TimeSource clock);
}
