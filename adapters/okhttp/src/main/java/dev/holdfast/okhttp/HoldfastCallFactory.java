package dev.holdfast.okhttp;

import dev.holdfast.core.internal.call.Addressing;
import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.text.Origin;
import dev.holdfast.core.outcome.HostRefusedException;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Derives the client once and makes the calls. */
final class HoldfastCallFactory implements Call.Factory {
    private final OkHttpClient client;
    private final Map<String, OkHttpClient> slowClients = new HashMap<>();
    private final Map<Operation, EndpointLimiter> limiters = new ConcurrentHashMap<>();
    private final CallEngine engine;
    private final HttpUrl authority;
    private final Addressing addressing;

    /** What the factory as a whole asks, for the sentence of a refusal. */
    private final List<Addressing> services;

    private final FirstTrySuccess mark;
    private final List<Map.Entry<String, String>> requiredHeaders;
    private final @Nullable ShortKeepAlive keepAlive;

    /**
     * An agent mostly asks the same again. Held weakly, so that neither a body nor a credential lives longer because of it. It spares a call of
     * the same request 760 B of 2,070 B, and one of another request to the same address 90 B of 2,100 B (JMH, 2026-11-29).
     */
    private volatile WeakReference<Prepared> last = new WeakReference<>(null);

    /** What a request comes to, for all of its calls. */
    record Prepared(
            Request original,
            RequestView view,
            Operation operation,
            OkHttpClient client,
            Request request,
            boolean allowed) {}

    HoldfastCallFactory(OkHttpClient client, CallEngine engine) {
        this(client, engine, List.of(new Addressing(engine)), 0);
    }

    /** One of several services that a factory asks. */
    HoldfastCallFactory(OkHttpClient client, CallEngine engine, List<Addressing> services, int index) {
        SupportedOkHttp.check();
        this.engine = engine;
        Service service = engine.service();
        this.services = services;
        this.addressing = services.get(index);
        URI replaced = engine.endpoint();
        this.authority = Objects.requireNonNull(HttpUrl.get(replaced == null ? service.baseUrl() : replaced));
        this.mark = new FirstTrySuccess(service);
        this.requiredHeaders = List.copyOf(service.requiredHeaders().entrySet());
        this.keepAlive = service.linkLocal() ? new ShortKeepAlive(engine.timeSource()) : null;
        OkHttpClient.Builder builder = client.newBuilder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .socketFactory(WireLimit.over(client.socketFactory(), service.linkLocal()));
        if (service.linkLocal()) {
            LinkLocalClient.prepare(builder, client);
        }
        builder.addInterceptor(new HostGuard(this));
        builder.networkInterceptors().add(0, new WireGuard());
        // Last of all, so that nobody else's interceptor sees a credential and nothing that is signed is changed
        // afterwards.
        builder.addNetworkInterceptor(new Signing(
                new DoubleRetryDetector(service.id()), new ForbiddenHeaders(Set.copyOf(service.forbiddenHeaders()))));
        this.client = builder.build();
        for (Operation operation : service.operations()) {
            Duration slow = operation.attemptTimeout();
            if (slow != null
                    && this.client.readTimeoutMillis() > 0
                    && slow.toMillis() > this.client.readTimeoutMillis()) {
                slowClients.put(
                        operation.id(),
                        this.client.newBuilder().readTimeout(slow).build());
            }
        }
    }

    @Override
    public HoldfastCall newCall(Request request) {
        return new HoldfastCall(this, Objects.requireNonNull(request, "request must not be null"));
    }

    /** An operation whose first answer may take minutes must not be cut off by a read timeout of seconds. */
    private OkHttpClient client(Operation operation) {
        return slowClients.isEmpty() ? client : slowClients.getOrDefault(operation.id(), client);
    }

    /** Nearly all requests go to one authority, for which the limiters are remembered. */
    EndpointLimiter limiter(Operation operation, HttpUrl url) {
        boolean usual = url.host().equals(authority.host()) && url.port() == authority.port();
        if (!usual) {
            return engine.limiter(operation, url.host() + ":" + url.port());
        }
        EndpointLimiter limiter = limiters.get(operation);
        if (limiter == null) {
            limiter = engine.limiter(operation, url.host() + ":" + url.port());
            limiters.put(operation, limiter);
        }
        return limiter;
    }

    /** Over TLS the two sides agree on the protocol; without TLS the client must be set to HTTP/2. */
    boolean maySpeakHttp2(Request request) {
        return request.isHttps()
                ? client.protocols().contains(Protocol.HTTP_2)
                : client.protocols().contains(Protocol.H2_PRIOR_KNOWLEDGE);
    }

    /** What keeps connections for a short time only; null where the pool's own time holds. */
    @Nullable
    ShortKeepAlive keepAlive() {
        return keepAlive;
    }

    CallEngine engine() {
        return engine;
    }

    /** The derived client; the clients of slow operations differ from it by their read timeout alone. */
    OkHttpClient client() {
        return client;
    }

    /** Requests are immutable, so what was found out about one stays true. */
    Prepared prepared(Request original) {
        Prepared known = last.get();
        if (known != null && known.original == original) {
            return known;
        }
        RequestView view = view(original, known);
        Operation operation = engine.service().operation(view);
        Request request = prepare(original);
        Prepared found = new Prepared(original, view, operation, client(operation), request, allows(request.url()));
        last = new WeakReference<>(found);
        return found;
    }

    /** Path and query are texts of their own; those of the last request serve again where the address is the same. */
    private static RequestView view(Request request, @Nullable Prepared last) {
        if (last == null || !last.original.url().equals(request.url())) {
            return FirstTrySuccess.view(request);
        }
        return new RequestView(request.method(), last.view.path(), last.view.query(), request::header);
    }

    /** What is sent: to the endpoint where one is set, with the headers that the service wants. */
    Request prepare(Request request) {
        Request.Builder builder = request.newBuilder().tag(FirstTrySuccess.class, mark);
        HttpUrl url = request.url();
        Origin other = addressing.replacement(url.scheme(), url.host(), url.port());
        if (other != null) {
            builder.url(url.newBuilder()
                    .scheme(other.scheme())
                    .host(other.host())
                    .port(other.port())
                    .build());
        }
        for (int i = 0; i < requiredHeaders.size(); i++) {
            Map.Entry<String, String> header = requiredHeaders.get(i);
            if (request.header(header.getKey()) == null) {
                builder.header(header.getKey(), header.getValue());
            }
        }
        return builder.build();
    }

    /** Whether a prepared request goes to the service, or to the endpoint that replaces it. */
    boolean allows(HttpUrl url) {
        return addressing.allows(url.scheme(), url.host(), url.port());
    }

    /** Whether it is this service that answers for a request, be it by a refusal. */
    boolean isMeant(HttpUrl url) {
        return addressing.isMeant(url.scheme(), url.host(), url.port());
    }

    HostRefusedException refused(HttpUrl url) {
        return addressing.refused(url.scheme(), url.host(), url.port(), services);
    }
}
