package dev.holdfast.core.internal.call;

import dev.holdfast.core.outcome.HostRefusedException;
import dev.holdfast.core.service.Service;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of a service may go, and what takes the place of its own address; the same for every adapter. It works on the parts of
 * an address, because each HTTP client has a type of its own for the whole.
 */
public final class Addressing {
    private final Service service;
    private final @Nullable URI endpoint;

    /**
     * The addresses of a service.
     *
     * @param engine the service and, where one is set, the endpoint that replaces its address
     */
    public Addressing(CallEngine engine) {
        this.service = engine.service();
        this.endpoint = engine.endpoint();
    }

    /**
     * Whether a request to this server goes to the endpoint instead: it is addressed to the service, and there is an endpoint.
     *
     * @param scheme http or https, any case
     * @param host a host name or address, any case; of IPv6 with or without its brackets
     * @param port the port, or -1 for the scheme's own
     * @return true if {@link #endpoint()} takes its place
     */
    public boolean isReplaced(String scheme, String host, int port) {
        return endpoint != null && !sameServer(endpoint, scheme, host, port) && isOwn(host);
    }

    /**
     * The address to send a request to.
     *
     * @param url where the caller addressed it
     * @return the same, or the same path and query at the endpoint
     */
    public URI target(URI url) {
        URI other = endpoint;
        if (other == null || url.getHost() == null || !isReplaced(url.getScheme(), url.getHost(), url.getPort())) {
            return url;
        }
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(other.getScheme() + "://" + other.getRawAuthority() + path + query);
    }

    /**
     * Whether a request may be sent to this server: it is the service or, where one is set, the endpoint, and a service that is reached
     * over https is not asked over http.
     *
     * @param scheme http or https, any case
     * @param host a host name or address, any case; of IPv6 with or without its brackets
     * @param port the port, or -1 for the scheme's own
     * @return true if it may
     */
    public boolean allows(String scheme, String host, int port) {
        if (endpoint != null) {
            return sameServer(endpoint, scheme, host, port);
        }
        boolean exposed = service.baseUrl().getScheme().equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("https");
        return !exposed && isOwn(host);
    }

    /**
     * What tells one server from another: two spellings of one address share a limiter.
     *
     * @param url an address
     * @return host and port in lower case, the scheme's own port where none is named
     */
    public static String authority(URI url) {
        return bare(url.getHost()).toLowerCase(Locale.ROOT) + ":" + port(url.getScheme(), url.getPort());
    }

    /**
     * The address that replaces the service's own.
     *
     * @return the endpoint, or null for the service's own
     */
    public @Nullable URI endpoint() {
        return endpoint;
    }

    /**
     * What to throw where a server is not allowed.
     *
     * @param host the host that was asked for
     * @return the exception
     */
    public HostRefusedException refused(String host) {
        URI only = endpoint;
        String allowed = only == null
                ? String.join(", ", service.hosts())
                : only.getHost() + ":" + port(only.getScheme(), only.getPort());
        return new HostRefusedException(service.id(), host, allowed);
    }

    private boolean isOwn(String host) {
        return service.allows(host) || (host.indexOf(':') >= 0 && service.allows("[" + bare(host) + "]"));
    }

    private static boolean sameServer(URI one, String scheme, String host, int port) {
        return bare(one.getHost()).equalsIgnoreCase(bare(host))
                && one.getScheme().equalsIgnoreCase(scheme)
                && port(one.getScheme(), one.getPort()) == port(scheme, port);
    }

    /** {@link URI} gives the address of IPv6 in brackets, others do not. */
    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String scheme, int port) {
        if (port >= 0) {
            return port;
        }
        return scheme.toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
    }
}
