package dev.holdfast.okhttp;

import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.internal.call.PresenceCheck;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Presence;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One quiet attempt at the service's probe path. */
final class Probe {
    private Probe() {}

    static Presence once(OkHttpClient client, CallEngine engine) {
        OkHttpClient quick = client.newBuilder()
                .connectTimeout(engine.probeTimeout())
                .readTimeout(engine.probeTimeout())
                .build();
        HttpUrl base =
                HttpUrl.get(engine.service().baseUrl().resolve(engine.service().probePath()));
        Request request = new Request.Builder()
                .url(base)
                .tag(CallOptions.class, CallOptions.none().quietly())
                .build();
        try (Response response = new HoldfastCallFactory(quick, engine.forProbe())
                .newCall(request)
                .execute()) {
            String body = response.peekBody(ResponseView.BODY_LIMIT).string();
            return engine.presence(
                    HoldfastOkHttp.outcomeOf(response),
                    ResponseView.of(response.code(), BodyView.fields(response.headers()), body));
        } catch (IOException nobody) {
            return PresenceCheck.read(Outcome.of(nobody));
        }
    }
}
