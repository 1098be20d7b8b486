package dev.holdfast.core.internal.call;

import dev.holdfast.core.internal.text.HostName;
import dev.holdfast.core.internal.text.Origin;
import dev.holdfast.core.outcome.HostRefusedException;
import dev.holdfast.core.service.Service;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of a service may go, and what takes the place of its own address; the same for every adapter. It works on the parts of
 * an address, because each HTTP client has a type of its own for the whole. Hosts are compared in one spelling, see {@link HostName}.
 */
public final class Addressing {
    private final Service service;
    private final @Nullable Origin endpoint;
    private final List<Origin> own = new ArrayList<>();
    private final List<Origin> allowed = new ArrayList<>();

    /**
     * The addresses of a service.
     *
     * @param engine the service and, where one is set, the endpoint that replaces its address
     */
    public Addressing(CallEngine engine) {
        this.service = engine.service();
        URI replacing = engine.endpoint();
        this.endpoint = replacing == null ? null : Origin.of(replacing);
        Origin base = Origin.of(service.baseUrl());
        service.origins().forEach(text -> own.add(Origin.parse("origin", text, base)));
        if (endpoint == null) {
            allowed.addAll(own);
        } else {
            allowed.add(endpoint);
            allowed.addAll(engine.furtherOrigins());
        }
    }

    /**
     * Where a request goes that is addressed to this server, if not there: to the endpoint, if it is addressed to the service and there is one; to
     * the same host in its one spelling, if it is written in another.
     *
     * @param scheme http or https, any case
     * @param host a host name or address, any case; of IPv6 with or without its brackets
     * @param port the port, or -1 for the scheme's own
     * @return what takes its place, or null where the address stays as it is, allowed or not
     */
    public @Nullable Origin replacement(String scheme, String host, int port) {
        if (isAllowedAsWritten(scheme, host, port)) {
            return null;
        }
        String canonical = HostName.canonical(host);
        Origin found = find(allowed, scheme, canonical, port);
        if (found != null) {
            String name = Objects.requireNonNull(canonical);
            return bare(name).equals(bare(host)) ? null : new Origin(found.scheme(), name, found.port());
        }
        return endpoint != null && find(own, scheme, canonical, port) != null ? endpoint : null;
    }

    /**
     * The address to send a request to.
     *
     * @param url where the caller addressed it
     * @return the same, or the same path and query at what takes its place
     */
    public URI target(URI url) {
        String host = url.getHost();
        Origin other = host == null ? null : replacement(url.getScheme(), host, url.getPort());
        if (other == null) {
            return url;
        }
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(other + path + query);
    }

    /**
     * Whether a request may be sent to this server: scheme, host and port are those of the service or, where one is set, of the endpoint.
     *
     * @param scheme http or https, any case
     * @param host a host name or address, any case; of IPv6 with or without its brackets
     * @param port the port, or -1 for the scheme's own
     * @return true if it may
     */
    public boolean allows(String scheme, @Nullable String host, int port) {
        return host != null
                && (isAllowedAsWritten(scheme, host, port)
                        || find(allowed, scheme, HostName.canonical(host), port) != null);
    }

    /**
     * Whether a request is addressed to this service, rightly or with a wrong scheme or port: then it is this service that refuses it.
     *
     * @param scheme http or https, any case
     * @param host a host name or address, any case; of IPv6 with or without its brackets
     * @param port the port, or -1 for the scheme's own
     * @return true if it is
     */
    public boolean isMeant(String scheme, String host, int port) {
        return service.allows(host) || allows(scheme, host, port);
    }

    /**
     * What tells one server from another: two spellings of one address share a limiter.
     *
     * @param url an address
     * @return host and port in lower case, the scheme's own port where none is named
     */
    public static String authority(URI url) {
        String canonical = HostName.canonical(url.getHost());
        return (canonical == null ? url.getHost() : bare(canonical)) + ":"
                + Origin.port(url.getScheme(), url.getPort());
    }

    /**
     * What to throw where a server is not allowed.
     *
     * @param scheme http or https
     * @param host the host that was asked for, or null if the address names none
     * @param port the port, or -1 for the scheme's own
     * @param all the services that the adapter asks, this one among them
     * @return the exception
     */
    public HostRefusedException refused(String scheme, @Nullable String host, int port, List<Addressing> all) {
        return Refusal.of(this, scheme, host, port, all);
    }

    Service service() {
        return service;
    }

    boolean isMoved() {
        return endpoint != null;
    }

    List<Origin> allowed() {
        return allowed;
    }

    private static @Nullable Origin find(List<Origin> origins, String scheme, @Nullable String canonical, int port) {
        for (int i = 0; i < origins.size(); i++) {
            if (origins.get(i).matches(scheme, canonical, port)) {
                return origins.get(i);
            }
        }
        return null;
    }

    /** The usual case, which reads no host: adapters ask in each attempt. */
    private boolean isAllowedAsWritten(String scheme, String host, int port) {
        for (int i = 0; i < allowed.size(); i++) {
            Origin origin = allowed.get(i);
            if (origin.host().equals(host) && origin.matches(scheme, host, port)) {
                return true;
            }
        }
        return false;
    }

    /** {@link URI} gives the address of IPv6 in brackets, others do not. */
    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
