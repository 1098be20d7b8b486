package dev.holdfast.core.internal.text;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rule for addresses that replace a service's own. Each sentence names the argument, the value and the rule, and shows no password. */
public final class Endpoints {
    private Endpoints() {}

    /**
     * Checks an address that is to be scheme, host and port only.
     *
     * @param argument what the address is called where it is given
     * @param url the address
     * @return the same
     * @throws IllegalArgumentException if a client could not use it, or if it says more than that
     */
    public static URI checked(String argument, URI url) {
        Objects.requireNonNull(url, argument + " must not be null");
        String scheme = url.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw new IllegalArgumentException(
                    argument + " must start with http:// or https://, but its scheme is \"" + scheme + "\"");
        }
        if (url.getRawUserInfo() != null || (url.getHost() == null && holds(url.getRawAuthority(), '@'))) {
            throw new IllegalArgumentException(
                    argument + " must not hold a user or password, but does; its host is \"" + url.getHost() + "\"");
        }
        String authority = url.getRawAuthority();
        if (authority == null) {
            throw new IllegalArgumentException(argument + " must name a host, but is \"" + scheme + ":…\"");
        }
        String host = url.getHost();
        if (host == null || HostName.canonical(host) == null) {
            throw new IllegalArgumentException(argument + " must name a host by a name in ASCII (xn--… for others), an"
                    + " IPv4 address in decimals without leading zeros or an IPv6 address without a zone, but names \""
                    + authority + "\"");
        }
        int port = url.getPort();
        if (port == 0 || port > 65_535 || authority.endsWith(":")) {
            throw new IllegalArgumentException(
                    argument + " must have a port of 1 to 65535 or none, but is at \"" + authority + "\"");
        }
        String path = url.getRawPath();
        boolean bare = path == null || path.isEmpty() || path.equals("/");
        if (!bare || url.getRawQuery() != null || url.getRawFragment() != null) {
            List<String> more = new ArrayList<>();
            if (!bare) {
                more.add("the path \"" + path + "\"");
            }
            if (url.getRawQuery() != null) {
                more.add("a query");
            }
            if (url.getRawFragment() != null) {
                more.add("a fragment");
            }
            throw new IllegalArgumentException(argument + " must be scheme, host and port only, but " + authority
                    + " is followed by " + String.join(" and ", more));
        }
        return url;
    }

    /**
     * Checks an address that is to take the place of another one: a service that is asked over https gets credentials that nobody on the way may
     * read. This machine itself may be asked over http, as tests do.
     *
     * @param argument what the address is called where it is given
     * @param url the address
     * @param service the service's id
     * @param replaced the service's own address
     * @return the same
     * @throws IllegalArgumentException if {@link #checked} refuses it, or if it is plain http to another machine
     */
    public static URI replacing(String argument, URI url, String service, URI replaced) {
        refuseExposed(argument, Origin.of(checked(argument, url)), service, replaced);
        return url;
    }

    /**
     * Reads an origin beside such an address.
     *
     * @param argument what the text is called where it is given
     * @param text as {@link Origin#parse} reads it
     * @param endpoint the address, whose scheme and port a bare host takes
     * @param service the service's id
     * @param replaced the service's own address
     * @return the origin
     * @throws IllegalArgumentException if the text names no origin, or one of plain http on another machine
     */
    public static Origin further(String argument, String text, URI endpoint, String service, URI replaced) {
        Objects.requireNonNull(text, argument + " must not hold null");
        return refuseExposed(argument, Origin.parse(argument, text, Origin.of(endpoint)), service, replaced);
    }

    private static Origin refuseExposed(String argument, Origin origin, String service, URI replaced) {
        boolean exposed = "https".equalsIgnoreCase(replaced.getScheme())
                && origin.scheme().equals("http");
        if (exposed && !isThisMachine(origin.host())) {
            throw new IllegalArgumentException(
                    argument + " of " + service + " must be https, because credentials go there, but is \"" + origin
                            + "\"; plain http is for localhost, 127.0.0.0/8 and [::1] only");
        }
        return origin;
    }

    /** From text; what it is shows in no message, because a password may stand in it. */
    static URI uri(String argument, String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    argument + " must be an address such as https://eu.example.com, but is none");
        }
    }

    private static boolean isThisMachine(String canonical) {
        return canonical.equals("localhost") || canonical.equals("[::1]") || canonical.matches("127(\\.\\d+){3}");
    }

    private static boolean holds(@Nullable String text, char c) {
        return text != null && text.indexOf(c) >= 0;
    }
}
