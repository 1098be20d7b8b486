package dev.holdfast.testkit.laws;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Outcome;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.ByteString;

/** The ways into Holdfast: one law, every door. */
enum Door {
    OKHTTP_EXECUTE,
    OKHTTP_ENQUEUE;

    /** A request in nobody's types. */
    record Ask(String method, String target, Headers headers) {
        static Ask get(String target) {
            return new Ask("GET", target, Headers.of());
        }
    }

    /** What the caller got: an answer that he has read to its end, or an exception; and the outcome. */
    record Reply(int status, Headers headers, ByteString bytes, Outcome outcome, Throwable thrown) {
        String body() {
            return bytes.utf8();
        }
    }

    Reply call(Bench bench, Holdfast holdfast, Ask ask) throws Exception {
        return okhttp(bench, holdfast, ask);
    }

    private Reply okhttp(Bench bench, Holdfast holdfast, Ask ask) throws Exception {
        boolean bodiless = ask.method().equals("GET") || ask.method().equals("HEAD");
        Request request = new Request.Builder()
                .url(bench.url(ask.target()))
                .headers(ask.headers())
                .method(ask.method(), bodiless ? null : RequestBody.create("", null))
                .build();
        Call call = HoldfastOkHttp.wrap(bench.client, holdfast).newCall(request);
        return reply(call, this == OKHTTP_ENQUEUE);
    }

    static Reply reply(Call call, boolean async) {
        try (Response response = async ? Once.enqueued(call) : call.execute()) {
            ByteString body = response.body().byteString();
            return new Reply(response.code(), response.headers(), body, HoldfastOkHttp.outcomeOf(response), null);
        } catch (IOException e) {
            return new Reply(0, Headers.of(), ByteString.EMPTY, Outcome.of(e), e);
        }
    }
}
