package dev.holdfast.core;

import dev.holdfast.core.internal.call.ParallelProbe;
import dev.holdfast.core.service.Presence;
import dev.holdfast.core.service.Service;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lists the services of a vendor. Found by {@link ServiceLoader}, on the class path through {@code META-INF/services} and on the module
 * path through {@code provides}. The command line, the generated catalogue and the contract tests work with every provider that they
 * find, so that a new vendor changes none of them. Implementations are stateless and have a public constructor without parameters.
 */
public interface ServiceProvider {

    /**
     * Returns the vendor's id.
     *
     * @return the part before the slash of each service's id, such as {@code azure}; by default that of the first service
     */
    default String vendor() {
        String id = services().get(0).id();
        return id.substring(0, id.indexOf('/'));
    }

    /**
     * Returns the vendor's services. A regional service is given for a default region.
     *
     * @return the services, in the order in which they are listed
     */
    List<Service> services();

    /**
     * Returns the presets of a service.
     *
     * @param service one of {@link #services}
     * @return builders by the preset's name, such as {@code boot}, in the order in which they are listed; empty by default
     */
    default Map<String, Supplier<Holdfast.Builder>> presets(Service service) {
        return Map.of();
    }

    /**
     * Returns the providers that the context class loader of this thread finds.
     *
     * @return the providers: those of modules first and ordered by vendor, then those of the class path in the order of the path
     * @throws java.util.ServiceConfigurationError if a provider cannot be loaded
     */
    static List<ServiceProvider> all() {
        return ServiceLoader.load(ServiceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                // Modules have no order of their own, and the sort is stable: what the class path says stays.
                .sorted(Comparator.comparing((ServiceProvider provider) -> !ofModule(provider))
                        .thenComparing(provider -> ofModule(provider) ? provider.vendor() : ""))
                .toList();
    }

    /**
     * Finds out on which cloud this machine is: probes the link-local services of all providers at once. An adapter's {@code detect} is this with a client.
     *
     * @param probe probes one service
     * @return the service that has its own mark, or nothing: no metadata service is here, or one of a cloud without a provider
     */
    static Optional<Service> detect(Function<Service, Presence> probe) {
        List<Service> linkLocal = all().stream()
                .flatMap(provider -> provider.services().stream())
                .filter(Service::linkLocal)
                .toList();
        return ParallelProbe.first(linkLocal, probe);
    }

    private static boolean ofModule(ServiceProvider provider) {
        return provider.getClass().getModule().isNamed();
    }
}
