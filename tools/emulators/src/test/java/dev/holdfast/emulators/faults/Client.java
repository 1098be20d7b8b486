package dev.holdfast.emulators.faults;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The clients under the adapters, and how a call of each is made. Made once: their TLS set-up takes longer than a cell. */
enum Client {
    OKHTTP,
    OKHTTP_ASYNC,
    JDK,
    JDK_ASYNC;

    // A timeout of the client that no cell asks for would be a bound on how slow the machine may be.
    private static final OkHttpClient OK = new OkHttpClient.Builder()
            .connectTimeout(Cell.USUAL)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .build();
    private static final HttpClient JAVA =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    private static final HttpClient JAVA_IMPATIENT = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(AttemptTimer.AT_ONCE)
            .build();

    /** Of a body no more is read than this: what a caller makes of a bomb that he was handed is his own business. */
    private static final int READ = 1 << 20;

    /** What the caller got: the beginning of a body, or an exception; and the outcome. */
    record Reply(int status, String body, Outcome outcome, Throwable thrown) {}

    boolean isOkHttp() {
        return this == OKHTTP || this == OKHTTP_ASYNC;
    }

    boolean isAsync() {
        return this == OKHTTP_ASYNC || this == JDK_ASYNC;
    }

    /** A client of OkHttp with a pool and a dispatcher of its own, for the caller to shut down. */
    static OkHttpClient okhttp(AttemptTimer timer) {
        return timer.client(OK);
    }

    Reply call(OkHttpClient okhttp, Holdfast holdfast, String url, CallOptions options, AttemptTimer timer)
            throws Exception {
        if (isOkHttp()) {
            return okhttp(okhttp, holdfast, url, options, timer);
        }
        // The adapter knows the JDK's own client by its class, so another stands in its place only where it must.
        boolean timed = timer.fault().needsTimeout(this);
        return jdk(timed ? new TimedHttpClient(JAVA, JAVA_IMPATIENT, timer) : JAVA, holdfast, url, options);
    }

    private Reply okhttp(OkHttpClient client, Holdfast holdfast, String url, CallOptions options, AttemptTimer timer)
            throws Exception {
        Request request =
                new Request.Builder().url(url).tag(CallOptions.class, options).build();
        Call call = HoldfastOkHttp.wrap(client, holdfast).newCall(request);
        Outcome outcome = null;
        try (Response response = isAsync() ? awaited(HoldfastOkHttp.send(call)::get) : call.execute()) {
            outcome = HoldfastOkHttp.outcomeOf(response);
            timer.handedOut();
            return new Reply(response.code(), text(response.body().byteStream()), outcome, null);
        } catch (IOException e) {
            // Where a body breaks off under the reader, the call has ended before, and its outcome is the response's.
            return new Reply(0, "", outcome == null ? Outcome.of(e) : outcome, e);
        }
    }

    private Reply jdk(HttpClient client, Holdfast holdfast, String url, CallOptions options) throws Exception {
        HoldfastHttpClient wrapped = HoldfastHttpClient.wrap(client, holdfast);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        // A reader of the whole body, which the call waits for, as most callers have it.
        BodyHandler<String> reader = info -> BodySubscribers.ofString(StandardCharsets.ISO_8859_1);
        try {
            HttpResponse<String> response = isAsync()
                    ? awaited(wrapped.sendAsync(request, options, reader)::get)
                    : wrapped.send(request, options, reader);
            return new Reply(response.statusCode(), response.body(), HoldfastHttpClient.outcomeOf(response), null);
        } catch (IOException e) {
            return new Reply(0, "", Outcome.of(e), e);
        }
    }

    private interface Waiting<T> {
        T get() throws Exception;
    }

    private static <T> T awaited(Waiting<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException fault) {
                throw fault;
            }
            throw e;
        }
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readNBytes(READ), StandardCharsets.ISO_8859_1);
    }
}
