package dev.holdfast.jdk;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.ServiceProvider;
import dev.holdfast.core.internal.call.Access;
import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.service.Presence;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The adapter for {@code java.net.http}: an {@link HttpClient} whose calls make as many attempts as the policy wants.
 *
 * <p><b>What the wrapped client must not do.</b> A client of the JDK cannot be derived, so {@link #wrap} refuses one that follows
 * redirects, keeps cookies or has an authenticator, and for a link-local service one that uses a proxy. The wrapped client stays the
 * caller's: closing this object does nothing. A SOCKS proxy of the JVM ({@code -DsocksProxyHost}) is no matter: this client does not use one.
 *
 * <p><b>What is left to the caller</b>, because a client cannot be derived: give the client of a link-local service {@code .connectTimeout(Duration.ofSeconds(2))}.
 * Without it, {@link #wrap} logs one WARN per service. A connect then takes as long as the attempt timeout where no machine answers, and a call that never got a connection gives up after two of
 * these. Idle connections are kept for as long as the JDK says for the whole process ({@code jdk.httpclient.keepalive.timeout}, in seconds: 1200 on JDK 17, 30 on JDK 25).
 *
 * <p><b>What the JDK repeats by itself</b>, measured on JDK 17.0.15 and 25.0.3 over HTTP/1.1:
 *
 * <table>
 * <caption>Requests on the wire for one attempt</caption>
 * <tr><th>case</th><th>the JDK's client alone</th><th>through this adapter</th></tr>
 * <tr><td>GET or HEAD, connection closed or reset before the first byte of an answer, fresh or from the pool</td><td>2</td><td>1</td></tr>
 * <tr><td>POST, PUT or DELETE, the same</td><td>1</td><td>1</td></tr>
 * <tr><td>connection closed within the status line or the body</td><td>1</td><td>1</td></tr>
 * <tr><td>408, 421, 425, 503 with {@code Retry-After: 0}, 401 and 407 without an authenticator</td><td>1</td><td>1</td></tr>
 * <tr><td>connection refused</td><td>0 (it connects up to four times)</td><td>0 (the same)</td></tr>
 * </table>
 *
 * <p>There is no switch for this but system properties for the whole process ({@code jdk.httpclient.redirects.retrylimit=1} and
 * {@code jdk.httpclient.disableRetryConnect=true}). The adapter stops it by a body publisher that gives the length of a body only once; the
 * attempt then ends as a lost connection, which is the policy's business. This leans on how the JDK is made, so it is done only for the JDK's own
 * client on the versions for which it is known, 17 to 25; on any other, the second column holds. It costs a GET the header
 * {@code Content-Length: 0}, which JDK 17 sends anyway. What a server of HTTP/2 has declared unprocessed
 * is not repeated by the JDK either; on an unknown version it sends such a request again, and a body that can be read only once is empty then.
 *
 * <p><b>Timeouts.</b> {@link HttpRequest#timeout()} of the caller bounds the whole call with all its waits, where the JDK's client takes it
 * for one answer's headers. An attempt is bounded by the policy, to the end of its body; a body that the caller reads as a stream after
 * the call has returned is not bounded, as with the JDK's client.
 *
 * <p><b>Bodies.</b> A request whose publisher does not know its length ({@code contentLength() < 0}: {@code ofInputStream},
 * {@code fromPublisher}) is never sent twice; every other publisher must give the same bytes again. The caller's body handler is asked once
 * for the response that is handed out, and once for each 2xx answer whose body broke off and that was repeated: {@code ofFile} then needs
 * {@code TRUNCATE_EXISTING}. Answers that are looked into and discarded never reach it.
 *
 * <p><b>Plain http</b> is spoken as HTTP/1.1 unless the request sets its own version, because otherwise the JDK would ask a metadata
 * service to upgrade to HTTP/2 in every request.
 *
 * <p><b>A silent HTTP/2 connection.</b> The JDK's client keeps it after a time-out and uses it again. So after an attempt that timed out
 * without an answer, the further attempts of that call speak HTTP/1.1, on a connection of their own, unless the request sets its version.
 */
public final class HoldfastHttpClient extends ForwardingHttpClient {
    private final CallEngine engine;
    private final RequestRules rules;

    private HoldfastHttpClient(HttpClient client, CallEngine engine) {
        super(client);
        this.engine = engine;
        this.rules = new RequestRules(client, engine);
    }

    /**
     * Wraps a client.
     *
     * @param client the caller's client; it is not changed
     * @param holdfast the service and its policy
     * @return a client that makes calls; thread-safe
     * @throws IllegalArgumentException if the client follows redirects, keeps cookies, has an authenticator, is wrapped already or, for a link-local service, has a proxy
     */
    public static HoldfastHttpClient wrap(HttpClient client, Holdfast holdfast) {
        Objects.requireNonNull(client, "client must not be null");
        CallEngine engine = Access.of(holdfast);
        ClientChecks.check(client, engine);
        return new HoldfastHttpClient(client, engine);
    }

    /**
     * Wraps a client for a service and all that its credentials need.
     *
     * @param client the caller's client; it is not changed
     * @param chain the service and its sources; to close those, keep the {@link Holdfast} that {@link Holdfast.Chain#over} makes
     * @return a client that makes calls; thread-safe
     * @throws IllegalArgumentException as {@link #wrap(HttpClient, Holdfast)}, for the metadata service of the chain too
     */
    public static HoldfastHttpClient wrap(HttpClient client, Holdfast.Chain chain) {
        Objects.requireNonNull(client, "client must not be null");
        return wrap(client, chain.over(holdfast -> wrap(client, holdfast).serviceClient()));
    }

    /**
     * The outcome of the call that a response comes from.
     *
     * @param response a response that a wrapped client gave
     * @return the attempts it took; for a clean first success one that says just that; null if it comes from another client
     */
    public static @Nullable Outcome outcomeOf(HttpResponse<?> response) {
        return response instanceof HoldfastResponse<?> ours ? ours.outcome() : null;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException the last fault, its outcome attached, see {@link Outcome#of(Throwable)}
     * @throws InterruptedException if the thread is interrupted, in an attempt or in a wait; its flag stays set, other than with the JDK's client
     */
    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> responseBodyHandler)
            throws IOException, InterruptedException {
        return call(request, responseBodyHandler, CallOptions.none()).send();
    }

    /**
     * Sends with the caller's word on this one request.
     *
     * @param request the request
     * @param options the caller's word
     * @param responseBodyHandler makes the body of the response that is handed out
     * @param <T> the body's type
     * @return the response, of whatever status
     * @throws IOException as {@link #send(HttpRequest, BodyHandler)}
     * @throws InterruptedException as {@link #send(HttpRequest, BodyHandler)}
     */
    public <T> HttpResponse<T> send(HttpRequest request, CallOptions options, BodyHandler<T> responseBodyHandler)
            throws IOException, InterruptedException {
        return call(request, responseBodyHandler, options).send();
    }

    /**
     * Sends with the caller's word on this one request, without holding a thread.
     *
     * @param request the request
     * @param options the caller's word
     * @param responseBodyHandler makes the body of the response that is handed out
     * @param <T> the body's type
     * @return as {@link #sendAsync(HttpRequest, BodyHandler)}
     */
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, CallOptions options, BodyHandler<T> responseBodyHandler) {
        return call(request, responseBodyHandler, options).sendAsync();
    }

    /**
     * Sends and returns the body of a success, or throws. The body belongs to the attempt: where it breaks off, or where the handler's
     * subscriber fails with an {@link IOException} or an {@link java.io.UncheckedIOException} because it is empty or no document, the attempt
     * has failed and is repeated as the policy and the operation allow. {@code BodySubscribers.mapping} makes such a handler.
     *
     * @param request the request
     * @param handler turns the body of a success into what is wanted; asked once for each success, so more than once where it fails
     * @param <T> what is wanted
     * @return what the handler made
     * @throws dev.holdfast.core.outcome.ServiceException if the last answer is no success; with error, decision and outcome
     * @throws IOException if there is no answer, or the handler fails with one; the cause of an {@code UncheckedIOException}
     * @throws InterruptedException as {@link #send(HttpRequest, BodyHandler)}
     */
    public <T> T fetch(HttpRequest request, BodyHandler<T> handler) throws IOException, InterruptedException {
        return reading(request, handler, (reply, value) -> {}).send().body();
    }

    /**
     * Sends and gives the body of a success, as a future.
     *
     * @param request the request
     * @param handler as {@link #fetch}
     * @param <T> what is wanted
     * @return completes as {@link #fetch} returns or throws; cancelling it cancels the call
     */
    public <T> CompletableFuture<T> fetchAsync(HttpRequest request, BodyHandler<T> handler) {
        return reading(request, handler, (reply, value) -> {}).sendAsync().thenApply(HttpResponse::body);
    }

    /** Reads successes within their attempt. */
    <T> JdkCall<T> reading(HttpRequest request, BodyHandler<T> handler, AttemptReader.Check<T> check) {
        return call(request, handler, CallOptions.none()).readBy(check);
    }

    /**
     * Makes calls without the JDK client's types, for credential sources and long-running operations.
     *
     * @return a service client that uses this client. Safe for several threads
     */
    public ServiceClient serviceClient() {
        return new JdkServiceClient(this, engine);
    }

    /**
     * Finds out on which cloud this machine is. Asks all metadata services of the vendors on the path at once, one second at most.
     *
     * @param client the caller's client
     * @return the metadata service that is here, such as {@code azure/imds}; nothing if none is, or none of these vendors
     * @throws IllegalArgumentException as {@link #wrap(HttpClient, Holdfast)}
     */
    public static Optional<Service> detect(HttpClient client) {
        return ServiceProvider.detect(
                service -> wrap(client, Holdfast.of(service)).probe());
    }

    /**
     * Asks whether the service is there: one attempt, at most a second, nothing logged. An absence is remembered for 30 s with the {@code Holdfast} instance.
     *
     * @return present if it answered, absent if nobody or somebody else did, unknown otherwise
     */
    public Presence probe() {
        return engine.presence()
                .ask(() -> ServiceProbe.once(new HoldfastHttpClient(client, engine.forProbe()), engine));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Cancelling the future, or one derived from it, cancels the call: in an attempt and in a wait.
     */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> responseBodyHandler) {
        return call(request, responseBodyHandler, CallOptions.none()).sendAsync();
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnsupportedOperationException if there is a handler of push promises: they are no answers that a policy could judge
     */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            BodyHandler<T> responseBodyHandler,
            @Nullable PushPromiseHandler<T> pushPromiseHandler) {
        if (pushPromiseHandler != null) {
            throw new UnsupportedOperationException(
                    "push promises are not supported; leave pushPromiseHandler out, and they are refused");
        }
        return sendAsync(request, responseBodyHandler);
    }

    private <T> JdkCall<T> call(HttpRequest request, BodyHandler<T> handler, CallOptions options) {
        Objects.requireNonNull(options, "options must not be null");
        Objects.requireNonNull(request, "request must not be null");
        Objects.requireNonNull(handler, "responseBodyHandler must not be null");
        return new JdkCall<>(client, engine, rules, request, handler, options);
    }

    @Override
    public String toString() {
        return "HoldfastHttpClient[" + engine.service().id() + "]";
    }
}
