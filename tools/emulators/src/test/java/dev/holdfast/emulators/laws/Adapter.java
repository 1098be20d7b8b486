package dev.holdfast.emulators.laws;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.ByteString;

/** The ways into Holdfast: one law, every adapter. */
public enum Adapter {
    OKHTTP_EXECUTE,
    OKHTTP_ENQUEUE,
    JDK_SEND,
    JDK_SEND_ASYNC;

    /** Built once; a client of JDK 17 cannot be closed. */
    private static final HttpClient JDK =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    /** A request in nobody's types; its target is on the bench's server, or an address of its own. */
    public record Ask(String method, String target, Headers headers) {
        public static Ask get(String target) {
            return new Ask("GET", target, Headers.of());
        }

        private String url(Bench bench) {
            return target.startsWith("/") ? bench.url(target) : target;
        }
    }

    /** What the caller got: an answer that he has read to its end, or an exception; and the outcome. */
    public record Reply(int status, Headers headers, ByteString bytes, Outcome outcome, Throwable thrown) {
        public String body() {
            return bytes.utf8();
        }

        private static Reply thrown(Outcome outcome, Throwable thrown) {
            return new Reply(0, Headers.of(), ByteString.EMPTY, outcome, thrown);
        }
    }

    public boolean isOkHttp() {
        return this == OKHTTP_EXECUTE || this == OKHTTP_ENQUEUE;
    }

    /** What credential sources and long-running operations are made of, over this adapter's client. */
    public ServiceClient serviceClient(Bench bench, Holdfast holdfast) {
        return isOkHttp()
                ? HoldfastOkHttp.serviceClient(bench.client, holdfast)
                : HoldfastHttpClient.wrap(JDK, holdfast).serviceClient();
    }

    public Reply call(Bench bench, Holdfast holdfast, Ask ask) throws Exception {
        return isOkHttp() ? okhttp(bench, holdfast, ask) : jdk(bench, holdfast, ask);
    }

    private Reply okhttp(Bench bench, Holdfast holdfast, Ask ask) {
        boolean bodiless = ask.method().equals("GET") || ask.method().equals("HEAD");
        Request request = new Request.Builder()
                .url(ask.url(bench))
                .headers(ask.headers())
                .method(ask.method(), bodiless ? null : RequestBody.create("", null))
                .build();
        Call call = HoldfastOkHttp.wrap(bench.client, holdfast).newCall(request);
        return reply(call, this == OKHTTP_ENQUEUE);
    }

    public static Reply reply(Call call, boolean async) {
        Outcome outcome = null;
        try (Response response = async ? Once.enqueued(call) : call.execute()) {
            outcome = HoldfastOkHttp.outcomeOf(response);
            ByteString body = response.body().byteString();
            return new Reply(response.code(), response.headers(), body, outcome, null);
        } catch (IOException e) {
            // Where a body breaks off under the reader, the call has ended before, and its outcome is the response's.
            return Reply.thrown(outcome == null ? Outcome.of(e) : outcome, e);
        }
    }

    private Reply jdk(Bench bench, Holdfast holdfast, Ask ask) throws Exception {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(ask.url(bench))).method(ask.method(), BodyPublishers.noBody());
        ask.headers().forEach(header -> builder.header(header.getFirst(), header.getSecond()));
        HttpClient client = HoldfastHttpClient.wrap(JDK, holdfast);
        try {
            HttpResponse<byte[]> response = this == JDK_SEND
                    ? client.send(builder.build(), BodyHandlers.ofByteArray())
                    : client.sendAsync(builder.build(), BodyHandlers.ofByteArray())
                            .get();
            return new Reply(
                    response.statusCode(),
                    headers(response),
                    ByteString.of(response.body()),
                    HoldfastHttpClient.outcomeOf(response),
                    null);
        } catch (IOException e) {
            return Reply.thrown(Outcome.of(e), e);
        } catch (ExecutionException e) {
            return Reply.thrown(Outcome.of(e.getCause()), e.getCause());
        }
    }

    private static Headers headers(HttpResponse<?> response) {
        Headers.Builder headers = new Headers.Builder();
        response.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> headers.addUnsafeNonAscii(name, value)));
        return headers.build();
    }
}
