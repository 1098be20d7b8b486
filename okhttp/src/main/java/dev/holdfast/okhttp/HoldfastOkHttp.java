package dev.holdfast.okhttp;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Outcome;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The door for OkHttp 5.5 and later.
 *
 * <p>The wrapped client is not changed. A client derived from it shares its connection pool and its dispatcher, and differs in this:
 *
 * <table>
 * <caption>What the derived client does not do</caption>
 * <tr><th>setting</th><th>value</th><th>why</th></tr>
 * <tr><td>retryOnConnectionFailure</td><td>false</td><td>one attempt is one request on the wire; a lost connection is the policy's business</td></tr>
 * <tr><td>followRedirects, followSslRedirects</td><td>false</td><td>OkHttp would take every header but Authorization to the other host</td></tr>
 * <tr><td>authenticator</td><td>none</td><td>a refused credential is the policy's business</td></tr>
 * <tr><td>proxy</td><td>none for link-local services</td><td>a proxy would answer with its own machine's identity, and see the token</td></tr>
 * <tr><td>cookieJar, cache</td><td>none</td><td>a cached token is a leaked token</td></tr>
 * <tr><td>Retry-After of a 503 or 408</td><td>hidden from OkHttp, restored on the response handed out</td><td>OkHttp repeats on 0 by itself and
 * throws NumberFormatException above 2³¹-1</td></tr>
 * </table>
 *
 * <p>Application interceptors, network interceptors and event listeners of the wrapped client run once an attempt, because each attempt is
 * a call of its own. {@code Call.timeout()} and the client's {@code callTimeout} bound the whole call with all its waits; read and connect
 * timeouts bound an attempt as they always did. {@code dispatcher.cancelAll()} reaches attempts on the wire and ends their calls; a call
 * that waits is not in the dispatcher and is ended by its own {@code cancel()}.
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
        return new HoldfastCallFactory(client, holdfast);
    }

    /**
     * Whether a response was rebuilt from what was kept before a wait, because the call ended before it could make another attempt.
     *
     * @param response a response that a wrapped client gave
     * @return true if its body is a copy of at most 64 KiB and holds no connection
     */
    public static boolean isCopy(Response response) {
        return response.request().tag(KeptCopy.class) != null;
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
        CleanSuccess clean = response.request().tag(CleanSuccess.class);
        return clean == null ? null : clean.outcome(response);
    }
}
