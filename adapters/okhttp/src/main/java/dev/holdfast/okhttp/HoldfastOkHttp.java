package dev.holdfast.okhttp;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.ServiceProvider;
import dev.holdfast.core.internal.call.Access;
import dev.holdfast.core.internal.call.Addressing;
import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.service.Presence;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * The adapter for OkHttp 5.5 and later.
 *
 * <p>The wrapped client is not changed. A client derived from it shares its connection pool and its dispatcher, and differs in this:
 *
 * <table>
 * <caption>What the derived client does not do</caption>
 * <tr><th>setting</th><th>value</th><th>why</th></tr>
 * <tr><td>retryOnConnectionFailure</td><td>false</td><td>one attempt is one request on the wire; a lost connection is the policy's business, and a dead one of
 * the pool is replaced by one further attempt at once</td></tr>
 * <tr><td>readTimeout</td><td>where HTTP/2 may be spoken, nine tenths of the attempt timeout, but at most 1 s less; a shorter one stays</td><td>OkHttp leaves a
 * silent HTTP/2 connection after a read timeout only</td></tr>
 * <tr><td>followRedirects, followSslRedirects</td><td>false</td><td>OkHttp would take every header but Authorization to the other host</td></tr>
 * <tr><td>authenticator</td><td>none</td><td>a refused credential is the policy's business</td></tr>
 * <tr><td>proxy</td><td>none for link-local services, SOCKS included</td><td>a proxy would answer with its own machine's identity, and see the token; the derived client
 * switches it off, so a client with a proxy is not refused here, as the adapter for {@code java.net.http} has to refuse it. A socket factory of your own is
 * kept: its sockets must be {@code new Socket(Proxy.NO_PROXY)} where the JVM has a SOCKS proxy</td></tr>
 * <tr><td>connectTimeout</td><td>at most 2 s for link-local services</td><td>what is on the same link answers within milliseconds; a call that never got a connection
 * gives up after two such time-outs, unless a rule of yours waits for it, as {@code boot()} does</td></tr>
 * <tr><td>idle connections</td><td>not used again after 2 s, for link-local services over HTTP/1.1</td><td>what stands before a metadata service closes them after
 * seconds; the pool itself stays the caller's</td></tr>
 * <tr><td>cookieJar, cache</td><td>none</td><td>a cached token is a leaked token</td></tr>
 * <tr><td>Retry-After of a 503 or 408</td><td>hidden from OkHttp, restored on the response handed out</td><td>OkHttp repeats on 0 by itself and
 * throws NumberFormatException above 2³¹-1</td></tr>
 * </table>
 *
 * <p>Application interceptors, network interceptors and event listeners of the wrapped client run once an attempt, because each attempt is
 * a call of its own. {@code Call.timeout()} and the client's {@code callTimeout} bound the whole call with all its waits; read and connect
 * timeouts bound an attempt as they always did. {@code dispatcher.cancelAll()} reaches attempts on the wire and ends their calls; a call
 * that waits is not in the dispatcher and is ended by its own {@code cancel()}. Where the dispatcher's executor is shut down, an asynchronous
 * call ends with its next attempt.
 *
 * <p>The last interceptor of all is ours: whatever the caller's have made of a request, it goes to the service's own origins or is refused. What
 * they throw reaches the caller as with OkHttp, and is not repeated unless it is an {@code IOException}. Callbacks run on the dispatcher's
 * executor; where that runs tasks in place or is shut down, on the common pool.
 */
public final class HoldfastOkHttp {
    private HoldfastOkHttp() {}

    /**
     * Wraps a client.
     *
     * @param client the caller's client; it is not changed
     * @param holdfast the service and its policy
     * @return a factory of full calls: execute, enqueue, cancel, clone, timeout, tags and event listeners. Safe for several threads
     */
    public static Call.Factory wrap(OkHttpClient client, Holdfast holdfast) {
        Objects.requireNonNull(client, "client must not be null");
        Objects.requireNonNull(holdfast, "holdfast must not be null");
        return new HoldfastCallFactory(client, Access.of(holdfast));
    }

    /**
     * Wraps a client for a service and all that its credentials need.
     *
     * @param client the caller's client; it is not changed
     * @param chain the service and its sources, such as {@code AlibabaSlb.chain(region)}; they live as long as the factory. To close them, make the
     *     {@link Holdfast} by {@link Holdfast.Chain#over} and keep it
     * @return a factory of full calls. Safe for several threads
     */
    public static Call.Factory wrap(OkHttpClient client, Holdfast.Chain chain) {
        Objects.requireNonNull(client, "client must not be null");
        return wrap(client, chain.over(holdfast -> serviceClient(client, holdfast)));
    }

    /**
     * Wraps a client for several services: requests are told apart by host and, where clouds share an address, by path.
     *
     * @param client the caller's client; it is not changed
     * @param holdfasts the services and their policies, one or more; the first that fits is taken
     * @return a factory of full calls; a request to any other host is refused before it is sent
     * @throws IllegalArgumentException if there is none
     */
    public static Call.Factory wrap(OkHttpClient client, Collection<Holdfast> holdfasts) {
        return routing(client, holdfasts);
    }

    /**
     * Installs into a client that is being built, for stacks that take a client and not a factory. Requests to the services are handed to calls
     * of their own; all others pass untouched.
     *
     * <p>Limits: an asynchronous call holds its dispatcher thread while it waits, of which OkHttp gives a host five, so prefer {@link #wrap} where you
     * can. Application interceptors that were added before run once a call and not once an attempt; network interceptors added before run once an
     * attempt, those added after do not run for the services. Application interceptors added after do not
     * run for the services either. {@code cancel()}, {@code Call.timeout()} and {@code callTimeout} wake a wait at once.
     *
     * @param builder the client's builder, otherwise complete
     * @param holdfasts the services and their policies, one or more
     * @return the same builder
     * @throws IllegalArgumentException if there is none
     */
    public static OkHttpClient.Builder install(OkHttpClient.Builder builder, Holdfast... holdfasts) {
        OkHttpClient.Builder inner = builder.build().newBuilder();
        inner.interceptors().clear();
        return builder.addInterceptor(new HoldfastInterceptor(routing(inner.build(), List.of(holdfasts))));
    }

    private static RoutingCallFactory routing(OkHttpClient client, Collection<Holdfast> holdfasts) {
        Objects.requireNonNull(client, "client must not be null");
        if (holdfasts.isEmpty()) {
            throw new IllegalArgumentException("holdfasts must hold one at least, but is empty");
        }
        List<CallEngine> engines =
                holdfasts.stream().map(holdfast -> Access.of(holdfast)).toList();
        List<Addressing> services = engines.stream().map(Addressing::new).toList();
        refuseTwice(engines);
        return new RoutingCallFactory(IntStream.range(0, engines.size())
                .mapToObj(i -> new HoldfastCallFactory(client, engines.get(i), services, i))
                .toList());
    }

    private static void refuseTwice(List<CallEngine> engines) {
        for (int second = 1; second < engines.size(); second++) {
            for (int first = 0; first < second; first++) {
                CallEngine one = engines.get(first);
                CallEngine other = engines.get(second);
                if (one.service().id().equals(other.service().id())
                        && one.service().origins().equals(other.service().origins())
                        && Objects.equals(one.endpoint(), other.endpoint())) {
                    throw new IllegalArgumentException(
                            "holdfasts must not hold a service twice at one address, but hold "
                                    + one.service().id() + " twice: the second would never be used");
                }
            }
        }
    }

    /**
     * Makes calls without OkHttp's types, for credential sources and long-running operations.
     *
     * @param client the caller's client; it is not changed
     * @param holdfast the service that is asked, and its policy
     * @return a service client. Safe for several threads
     */
    public static ServiceClient serviceClient(OkHttpClient client, Holdfast holdfast) {
        Objects.requireNonNull(client, "client must not be null");
        return new OkHttpServiceClient(client, Access.of(holdfast));
    }

    /**
     * Finds out on which cloud this machine is. Asks all metadata services of the vendors on the path at once, one second at most, and logs nothing.
     *
     * @param client the caller's client
     * @return the metadata service that is here, such as {@code azure/imds}; nothing if none is, or none of these vendors
     * @see ServiceProvider#all
     */
    public static Optional<Service> detect(OkHttpClient client) {
        Objects.requireNonNull(client, "client must not be null");
        return ServiceProvider.detect(service -> probe(client, Holdfast.of(service)));
    }

    /**
     * Asks whether the service is there: one attempt, at most a second, nothing logged. An absence is remembered for 30 s with the {@code Holdfast} instance.
     *
     * @param client the caller's client
     * @param holdfast the service
     * @return present if it answered, absent if nobody or somebody else did, unknown otherwise
     */
    public static Presence probe(OkHttpClient client, Holdfast holdfast) {
        CallEngine engine = Access.of(holdfast);
        return engine.presence().ask(() -> Probe.once(client, engine));
    }

    /**
     * Runs a call as a future.
     *
     * @param call a call that was not executed
     * @return completes with the response, for the receiver to close, or with the call's exception; cancelling it cancels the call
     */
    public static CompletableFuture<Response> send(Call call) {
        return CallFuture.send(call);
    }

    /**
     * Runs a call and reads its body, or throws. Where the call is one of {@link #wrap}, the body belongs to the attempt: where it breaks off,
     * or where the reader throws an {@link IOException} because it is empty or no document, the attempt has failed and is repeated as the
     * policy and the operation allow. A call of a client of {@link #install} ends before its body is read.
     *
     * @param call a call of a wrapped client that was not executed
     * @param reader turns the body of a success into what is wanted; called once for each success, so more than once where it throws
     * @param <T> what is wanted
     * @return what the reader made
     * @throws ServiceException if the last answer is no success; with error, decision and outcome
     * @throws IOException if there is no answer, or the reader throws
     */
    public static <T> T fetch(Call call, BodyReader<T> reader) throws IOException {
        Objects.requireNonNull(reader, "reader must not be null");
        Fetch.ResponseReader<T> within = Fetch.within(call, response -> reader.read(response.body()));
        return Fetch.read(call.execute(), within);
    }

    /**
     * Runs a call and reads its body, as a future.
     *
     * @param call a call of a wrapped client that was not executed
     * @param reader turns the body of a success into what is wanted
     * @param <T> what is wanted
     * @return completes as {@link #fetch} returns or throws; cancelling it cancels the call
     */
    public static <T> CompletableFuture<T> fetchAsync(Call call, BodyReader<T> reader) {
        return CallFuture.fetch(call, Objects.requireNonNull(reader, "reader must not be null"));
    }

    /**
     * Turns the body of a success into what is wanted.
     *
     * @param <T> what is wanted
     */
    @FunctionalInterface
    public interface BodyReader<T> {

        /**
         * Reads.
         *
         * @param body the body; closed by the caller
         * @return what is wanted
         * @throws IOException if it cannot be read
         */
        T read(ResponseBody body) throws IOException;
    }

    /**
     * Whether a response was rebuilt from what was kept before a wait, because the call ended before it could make another attempt.
     *
     * @param response a response that a wrapped client gave
     * @return true if its body is a copy of at most 64 KiB and holds no connection
     */
    public static boolean isCopy(Response response) {
        return response.request().tag(ReplayedResponse.class) != null;
    }

    /**
     * The outcome of the call that a response comes from.
     *
     * @param response a response that a wrapped client gave
     * @return the attempts it took; for a clean first success one that says just that; null if it comes from another client
     */
    public static @Nullable Outcome outcomeOf(Response response) {
        Outcome attached = response.request().tag(Outcome.class);
        if (attached != null) {
            return attached;
        }
        FirstTrySuccess clean = response.request().tag(FirstTrySuccess.class);
        return clean == null ? null : clean.outcome(response);
    }
}
