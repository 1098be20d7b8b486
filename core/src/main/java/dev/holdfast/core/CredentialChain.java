package dev.holdfast.core;

import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.service.ServiceClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The one form of a chain. Each source makes its calls of the metadata service with the credentials of the source before it.
 *
 * @param metadata makes the settings of the metadata service
 * @param service makes the settings of the service that is called
 * @param sources make a source each, in the order of their calls
 */
record CredentialChain(
        Function<UnaryOperator<Holdfast.Builder>, Holdfast.Builder> metadata,
        Function<UnaryOperator<Holdfast.Builder>, Holdfast.Builder> service,
        List<Function<ServiceClient, CredentialSource>> sources)
        implements Holdfast.Chain {

    static CredentialChain of(
            Holdfast metadata, Holdfast service, List<Function<ServiceClient, CredentialSource>> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("sources must hold one at least, but is empty");
        }
        return new CredentialChain(
                change -> change.apply(metadata.toBuilder()), change -> change.apply(service.toBuilder()), sources);
    }

    @Override
    public Holdfast.Chain metadata(UnaryOperator<Holdfast.Builder> settings) {
        Objects.requireNonNull(settings, "settings must not be null");
        return new CredentialChain(change -> change.apply(metadata.apply(settings)), service, sources);
    }

    @Override
    public Holdfast.Chain service(UnaryOperator<Holdfast.Builder> settings) {
        Objects.requireNonNull(settings, "settings must not be null");
        return new CredentialChain(metadata, change -> change.apply(service.apply(settings)), sources);
    }

    @Override
    public Holdfast over(Function<Holdfast, ServiceClient> client) {
        Objects.requireNonNull(client, "client must not be null");
        Holdfast asked = metadata.apply(UnaryOperator.identity()).build();
        List<CredentialSource> made = new ArrayList<>(sources.size());
        for (Function<ServiceClient, CredentialSource> source : sources) {
            CredentialSource next = source.apply(client.apply(asked));
            made.add(next);
            asked = asked.toBuilder().credentials(next).build();
        }
        return service.apply(UnaryOperator.identity())
                .credentials(ChainedSource.of(made))
                .build();
    }
}
