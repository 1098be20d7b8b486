package dev.holdfast.core.internal.call;

import dev.holdfast.core.internal.text.HostName;
import dev.holdfast.core.internal.text.Origin;
import dev.holdfast.core.outcome.HostRefusedException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sentences about an address that is not a service's own: the wrong part, the right ones, and what can be done. */
final class Refusal {
    private Refusal() {}

    static HostRefusedException of(
            Addressing asked, String scheme, @Nullable String host, int port, List<Addressing> all) {
        String canonical = host == null ? null : HostName.canonical(host);
        String part;
        String wayOut = wayOut(asked);
        if (canonical == null) {
            part = "The host \"" + host + "\"";
            wayOut =
                    "Write a name in ASCII, an IPv4 address in decimals without leading zeros, or an IPv6 address without a zone.";
        } else if (asked.allowed().stream().noneMatch(origin -> origin.names(canonical))) {
            part = "The host \"" + host + "\"";
        } else if (asked.allowed().stream()
                .noneMatch(origin -> origin.names(canonical) && origin.scheme().equalsIgnoreCase(scheme))) {
            part = "The scheme \"" + scheme + "\" of " + host;
            wayOut = "Ask over " + schemes(asked, canonical) + ". " + wayOut;
        } else {
            part = "The port " + Origin.port(scheme, port) + " of " + host;
        }
        return new HostRefusedException(asked.service().id(), part, origins(all), wayOut);
    }

    /** An endpoint that is set already is not to be set: a further origin is what is left. */
    private static String wayOut(Addressing asked) {
        return asked.isMoved()
                ? "The endpoint that was set replaces the service's own address; name a further origin in endpoint(url, \"HOST\")."
                : "Use endpoint(URI) to replace the address.";
    }

    private static String schemes(Addressing asked, String canonical) {
        return asked.allowed().stream()
                .filter(origin -> origin.names(canonical))
                .map(Origin::scheme)
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private static String origins(List<Addressing> all) {
        return all.stream()
                .map(one -> one.service().id() + " "
                        + one.allowed().stream().map(Origin::toString).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }
}
