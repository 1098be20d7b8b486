package dev.holdfast.emulators.bytes;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.RawServer;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What a client makes of a server's bytes: through an adapter, and the plain client beside it, each to the end of the body. */
final class Answers implements AutoCloseable {
    static final String PLAIN = "plain client";

    private static final String TARGET = "/metadata/instance?api-version=2021-02-01";
    private static final HttpClient JDK = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final OkHttpClient okHttp = new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .readTimeout(Duration.ZERO)
            .build();

    /**
     * An end: a status and the length of the body, or what was thrown; a status and what was thrown where the body broke under its reader.
     */
    record End(
            int status,
            int length,
            @Nullable Throwable thrown,
            @Nullable Outcome outcome) {
        @Override
        public String toString() {
            return thrown == null
                    ? status + ", " + length + " bytes"
                    : (status == 0 ? "" : status + ", then ") + thrown;
        }
    }

    /** On threads with a name of their own: what the plain client lets run uncaught is not ours. */
    private final OkHttpClient plainOkHttp = okHttp.newBuilder()
            .dispatcher(new Dispatcher(Executors.newCachedThreadPool(task -> new Thread(task, PLAIN))))
            .build();

    End plain(Adapter adapter, RawServer server) throws Exception {
        return end(adapter, plainOkHttp.newCall(request(server)), JDK, server);
    }

    End ours(Adapter adapter, RawServer server, Holdfast holdfast) throws Exception {
        Call call = HoldfastOkHttp.wrap(okHttp, holdfast).newCall(request(server));
        return end(adapter, call, HoldfastHttpClient.wrap(JDK, holdfast), server);
    }

    private static Request request(RawServer server) {
        return new Request.Builder().url(server.url(TARGET)).build();
    }

    private static End end(Adapter adapter, Call call, HttpClient client, RawServer server) throws Exception {
        return adapter.isOkHttp()
                ? okHttp(call, adapter == Adapter.OKHTTP_ENQUEUE)
                : jdk(client, adapter == Adapter.JDK_SEND_ASYNC, server);
    }

    private static End okHttp(Call call, boolean async) {
        Response response;
        try {
            response = async ? HoldfastOkHttp.send(call).get() : call.execute();
        } catch (ExecutionException e) {
            return new End(0, 0, e.getCause(), Outcome.of(e.getCause()));
        } catch (Throwable e) {
            return new End(0, 0, e, Outcome.of(e));
        }
        Outcome outcome = HoldfastOkHttp.outcomeOf(response);
        try {
            return new End(response.code(), response.body().bytes().length, null, outcome);
        } catch (Throwable e) {
            return new End(response.code(), 0, e, outcome);
        } finally {
            call.cancel();
        }
    }

    private static End jdk(HttpClient client, boolean async, RawServer server) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url(TARGET))).build();
        try {
            HttpResponse<byte[]> response = async
                    ? client.sendAsync(request, BodyHandlers.ofByteArray()).get()
                    : client.send(request, BodyHandlers.ofByteArray());
            return new End(response.statusCode(), response.body().length, null, HoldfastHttpClient.outcomeOf(response));
        } catch (ExecutionException e) {
            return new End(0, 0, e.getCause(), Outcome.of(e.getCause()));
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            return new End(0, 0, e, Outcome.of(e));
        }
    }

    @Override
    public void close() {
        okHttp.dispatcher().executorService().shutdown();
        plainOkHttp.dispatcher().executorService().shutdown();
        okHttp.connectionPool().evictAll();
    }
}
