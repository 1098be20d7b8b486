package dev.holdfast.cli;

import dev.holdfast.azure.AzureImds;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The services that the command line can name. A regional one stands here with a default region. */
final class KnownServices implements ITypeConverter<KnownService> {
    private static final List<KnownService> ALL =
            List.of(KnownService.of(AzureImds.SERVICE, AzureImds::boot, AzureImds::interactive, AzureImds::background));

    static @Nullable KnownService find(String id) {
        for (KnownService known : ALL) {
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
        return ALL.stream().map(known -> known.service().id()).collect(Collectors.joining(", "));
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
