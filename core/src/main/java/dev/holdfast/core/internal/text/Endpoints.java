package dev.holdfast.core.internal.text;

import java.net.URI;
import java.util.Objects;

/** The rule for addresses that replace a service's own. */
public final class Endpoints {
    private Endpoints() {}

    public static URI checked(String argument, URI url) {
        Objects.requireNonNull(url, argument + " must not be null");
        String scheme = url.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw new IllegalArgumentException(
                    argument + " must start with http:// or https://, but its scheme is \"" + scheme + "\"");
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException(argument + " must name a host, but is \"" + scheme + ":…\"");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(argument + " must not hold a user or password; host " + url.getHost());
        }
        String path = url.getRawPath();
        boolean bare = path == null || path.isEmpty() || path.equals("/");
        if (!bare || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    argument + " must be scheme, host and port only, but has the path \"" + path + "\" or a query");
        }
        return url;
    }
}
