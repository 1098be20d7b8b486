package dev.holdfast.emulators.demo;

import java.util.List;
import java.util.ServiceLoader;

/**
 * Brings a vendor's part of the demo. Found by {@link ServiceLoader}. Implementations are stateless and have a public constructor without
 * parameters.
 */
public interface DemoProvider {

    /**
     * Returns the calls that an agent makes to the vendor's services.
     *
     * @return the calls, in their order
     */
    List<DemoCall> calls();

    /**
     * Starts the emulators of a service and of what issues its credentials.
     *
     * @param service the id of a service that {@link #calls} name
     * @param setting the clock and the HTTP client
     * @return the stage, started
     */
    DemoStage stage(String service, DemoSetting setting);

    /**
     * Returns the providers on the path.
     *
     * @return the providers, in the order of the path
     */
    static List<DemoProvider> all() {
        return ServiceLoader.load(DemoProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
