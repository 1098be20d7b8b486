package dev.holdfast.core.internal.text;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where requests may go: scheme, host and port, each in one spelling.
 *
 * @param scheme {@code http} or {@code https}
 * @param host as {@link HostName#canonical} spells it; {@code *.} before a name stands for every host below it
 * @param port 1 to 65535
 */
public record Origin(String scheme, String host, int port) {

    /**
     * The origin of an address that was checked.
     *
     * @param url an address that {@link Endpoints#checked} let through
     * @return its origin
     */
    public static Origin of(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        String host = HostName.canonical(url.getHost());
        if (host == null) {
            throw new IllegalArgumentException("the host \"" + url.getHost() + "\" cannot be used");
        }
        return new Origin(scheme, host, port(scheme, url.getPort()));
    }

    /**
     * The origin that a text names.
     *
     * @param argument what the text is called where it is given
     * @param text a host name, {@code *.} and a name, or either with scheme and port, such as {@code https://eu.example.com:8443}
     * @param base has scheme and port for a text that names a host only
     * @return the origin
     * @throws IllegalArgumentException if the text is none of these
     */
    public static Origin parse(String argument, String text, Origin base) {
        int start = text.indexOf("://");
        if (start >= 0) {
            boolean all = text.startsWith("*.", start + 3);
            String named = all ? text.substring(0, start + 3) + text.substring(start + 5) : text;
            Origin whole = of(Endpoints.checked(argument, Endpoints.uri(argument, named)));
            return all ? parse(argument, "*." + whole.host, whole) : whole;
        }
        boolean all = text.startsWith("*.");
        String host = HostName.canonical(all ? text.substring(2) : text);
        if (host == null) {
            throw new IllegalArgumentException(argument + " must be a host name, an address, *.NAME for every host"
                    + " below a name, or scheme://host:port, but is \"" + text + "\"");
        }
        boolean wide = host.indexOf('.') < 0 || host.startsWith("[") || HostName.canonical("x." + host) == null;
        if (all && wide) {
            throw new IllegalArgumentException(
                    argument + " must name a domain of two labels or more after *., but is \"" + text + "\"");
        }
        return new Origin(base.scheme, all ? "*." + host : host, base.port);
    }

    /**
     * Whether an address has this origin.
     *
     * @param otherScheme http or https, in any case
     * @param canonical the host as {@link HostName#canonical} spells it, or null where it has no such spelling
     * @param otherPort the port, or -1 for the scheme's own
     * @return true if scheme, host and port agree
     */
    public boolean matches(String otherScheme, @Nullable String canonical, int otherPort) {
        return canonical != null
                && scheme.equalsIgnoreCase(otherScheme)
                && port == port(otherScheme, otherPort)
                && names(canonical);
    }

    /**
     * Whether a host is this one, whatever the scheme and the port.
     *
     * @param canonical the host as {@link HostName#canonical} spells it
     * @return true if it is
     */
    public boolean names(String canonical) {
        return host.startsWith("*.")
                ? canonical.length() >= host.length() && canonical.endsWith(host.substring(1))
                : host.equals(canonical);
    }

    /**
     * The port that is meant.
     *
     * @param scheme http or https, in any case
     * @param port the port, or -1 for the scheme's own
     * @return 1 to 65535
     */
    public static int port(String scheme, int port) {
        if (port >= 0) {
            return port;
        }
        return scheme.equalsIgnoreCase("https") ? 443 : 80;
    }

    /** As a browser shows it: without the scheme's own port. */
    @Override
    public String toString() {
        return scheme + "://" + host + (port == port(scheme, -1) ? "" : ":" + port);
    }
}
