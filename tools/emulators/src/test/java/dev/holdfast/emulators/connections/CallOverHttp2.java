package dev.holdfast.emulators.connections;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A write that may be repeated if it was not processed, with the OkHttp that the loader of this class finds. */
public final class CallOverHttp2 {
    private CallOverHttp2() {}

    /** Returns the version of OkHttp, what the first attempt was taken for, and how many there were. */
    public static List<String> call(String url) throws IOException {
        Holdfast holdfast = Holdfast.builder(AzureImds.SERVICE)
                .endpoint(URI.create(url))
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ZERO))
                .build();
        OkHttpClient client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .build();
        Request request = new Request.Builder()
                .url(url + "/metadata/instance?api-version=2021-02-01")
                .post(RequestBody.create("write", null))
                .tag(CallOptions.class, CallOptions.none().withReplay(RetrySafety.IF_NOT_PROCESSED))
                .build();
        Outcome outcome;
        try (Response response =
                HoldfastOkHttp.wrap(client, holdfast).newCall(request).execute()) {
            outcome = HoldfastOkHttp.outcomeOf(response);
        } catch (IOException e) {
            outcome = Outcome.of(e);
        } finally {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
        String rule = outcome.attempts().get(0).decision().rule();
        return List.of(
                OkHttp.VERSION, rule, String.valueOf(outcome.attempts().size()), String.valueOf(outcome.succeeded()));
    }
}
