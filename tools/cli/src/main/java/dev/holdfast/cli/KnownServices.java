package dev.holdfast.cli;

import dev.holdfast.core.ServiceProvider;
import dev.holdfast.core.service.Service;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The services that the command line can name: those of all providers on the class path, vendors in the order of the path and services in the
 * order of their provider. A regional one stands here with a default region, which matters to {@code get} only.
 */
final class KnownServices implements ITypeConverter<KnownService> {
    /** Looked up each time: another class loader finds other providers. */
    private static List<KnownService> known() {
        return ServiceProvider.all().stream().flatMap(KnownService::of).toList();
    }

    static List<Service> all() {
        return known().stream().map(KnownService::service).toList();
    }

    static @Nullable KnownService find(String id) {
        for (KnownService known : known()) {
            if (known.service().id().equals(id)) {
                return known;
            }
        }
        return null;
    }

    static String unknown(String id) {
        return "\"" + id + "\" is not a known service; known: " + ids();
    }

    static WrongUsage missing() {
        return new WrongUsage("SERVICE is missing; known: " + ids());
    }

    private static String ids() {
        return known().stream().map(known -> known.service().id()).collect(Collectors.joining(", "));
    }

    @Override
    public KnownService convert(String id) {
        KnownService known = find(id);
        if (known == null) {
            throw new TypeConversionException(unknown(id));
        }
        return known;
    }
}
