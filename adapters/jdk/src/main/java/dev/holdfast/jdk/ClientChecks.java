package dev.holdfast.jdk;

import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.service.Service;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses clients that act behind the policy's back, and warns of one that finds out late that no machine answers. */
final class ClientChecks {
    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast.jdk");

    /** As the OkHttp adapter sets it: a link-local service is on the same host, and two seconds allow for one lost SYN. */
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** The services that were warned of in this process. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private ClientChecks() {}

    static void check(HttpClient client, CallEngine engine) {
        Service service = engine.service();
        if (client instanceof HoldfastHttpClient) {
            throw new IllegalArgumentException(
                    "client is wrapped already: each attempt would become a call with attempts of its own; wrap the plain client");
        }
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "client must not follow redirects, but its followRedirects is "
                            + client.followRedirects()
                            + ": it would take the request's headers, a credential among them, to another host; build it with Redirect.NEVER");
        }
        if (client.cookieHandler().isPresent()) {
            throw new IllegalArgumentException(
                    "client must not have a cookieHandler: cookies would carry one caller's state into another's calls; build a client without");
        }
        if (client.authenticator().isPresent()) {
            throw new IllegalArgumentException(
                    "client must not have an authenticator: it would answer a 401 with a request that the policy neither sees nor counts, "
                            + "and make an exception of a 401 without WWW-Authenticate; build a client without");
        }
        URI address = engine.endpoint() == null ? service.baseUrl() : engine.endpoint();
        Proxy proxy = service.linkLocal() ? proxy(client, address) : null;
        if (proxy != null) {
            throw new IllegalArgumentException(
                    "client must not use a proxy for " + address + ", but would use " + proxy
                            + ": it would answer for its own machine and see the token; build it with .proxy(HttpClient.Builder.NO_PROXY)");
        }
        if (service.linkLocal() && engine.endpoint() == null) {
            warnOfSlowConnects(client, service);
        }
    }

    private static void warnOfSlowConnects(HttpClient client, Service service) {
        boolean slow = client.connectTimeout()
                .map(timeout -> timeout.compareTo(CONNECT) > 0)
                .orElse(true);
        if (slow && WARNED.add(service.id())) {
            LOG.warn(
                    "The client for {} has {}. Where no machine answers at {}, a connect lasts as long as the attempt"
                            + " timeout. Build the client with .connectTimeout(Duration.ofSeconds(2))",
                    service.id(),
                    client.connectTimeout()
                            .map(timeout -> "a connect timeout of " + Durations.text(timeout))
                            .orElse("no connect timeout"),
                    service.baseUrl());
        }
    }

    /**
     * What stands between, or null. The JDK's client asks for it anew in every request, so that the answer may change. It takes the first of
     * several, and that only if it is of HTTP; a SOCKS proxy is not used, because its sockets are channels.
     */
    static @Nullable Proxy proxy(HttpClient client, URI address) {
        ProxySelector selector = client.proxy().orElseGet(ProxySelector::getDefault);
        List<Proxy> proxies = selector == null ? List.of() : selector.select(address);
        return proxies.isEmpty() || proxies.get(0).type() != Proxy.Type.HTTP ? null : proxies.get(0);
    }
}
