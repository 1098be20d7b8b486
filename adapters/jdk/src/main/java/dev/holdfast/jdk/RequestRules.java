package dev.holdfast.jdk;

import dev.holdfast.core.internal.call.Addressing;
import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is made of a caller's request before it is sent: its address, the service's headers, and whether it may go at all. */
final class RequestRules {
    private final HttpClient client;
    private final Addressing addressing;
    private final boolean linkLocal;
    private final Map<String, String> required;
    private final Set<String> forbidden = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    RequestRules(HttpClient client, CallEngine engine) {
        Service service = engine.service();
        this.client = client;
        this.addressing = new Addressing(engine);
        this.linkLocal = service.linkLocal();
        this.required = service.requiredHeaders();
        this.forbidden.addAll(service.forbiddenHeaders());
    }

    HttpRequest prepare(HttpRequest request) {
        URI target = addressing.target(request.uri());
        HttpRequest.Builder copy = HttpRequest.newBuilder(request, (name, value) -> !forbidden.contains(name))
                .uri(target);
        required.forEach((name, value) -> {
            if (request.headers().firstValue(name).isEmpty()) {
                copy.header(name, value);
            }
        });
        if (request.version().isEmpty() && "http".equalsIgnoreCase(target.getScheme())) {
            // The client's own version would be HTTP/2, and every request would ask for an upgrade to it.
            copy.version(HttpClient.Version.HTTP_1_1);
        }
        return copy.build();
    }

    /** Why a prepared request must not be sent, or null. */
    @Nullable
    IOException refusal(HttpRequest prepared) {
        URI url = prepared.uri();
        if (!addressing.allows(url.getScheme(), url.getHost(), url.getPort())) {
            return addressing.refused(url.getScheme(), url.getHost(), url.getPort(), List.of(addressing));
        }
        Proxy proxy = linkLocal ? ClientChecks.proxy(client, url) : null;
        return proxy == null
                ? null
                : new IOException(
                        "The client would now use " + proxy + " for " + url.getHost()
                                + ", which has to be reached directly; the request was not sent. Build it with .proxy(HttpClient.Builder.NO_PROXY)");
    }

    static RequestView view(HttpRequest request) {
        URI url = request.uri();
        String path = url.getRawPath() == null ? "/" : url.getRawPath();
        return new RequestView(
                request.method(),
                path,
                url.getRawQuery(),
                name -> request.headers().firstValue(name).orElse(null));
    }
}
