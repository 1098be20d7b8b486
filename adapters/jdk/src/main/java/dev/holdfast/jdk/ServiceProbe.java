package dev.holdfast.jdk;

import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.internal.call.PresenceCheck;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Presence;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks a service once whether it is there. */
final class ServiceProbe {
    private ServiceProbe() {}

    /** Sends the probe by a client that makes one attempt, and reads the presence from what comes back. */
    static Presence once(HoldfastHttpClient client, CallEngine engine) {
        URI url = engine.service().baseUrl().resolve(engine.service().probePath());
        try {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(url).build(),
                    CallOptions.none().quietly(),
                    HttpResponse.BodyHandlers.ofInputStream());
            HeaderFields headers = HeaderFields.of(answer.headers().map());
            byte[] body;
            try (InputStream in = answer.body()) {
                body = in.readNBytes(ResponseView.BODY_LIMIT);
            }
            return engine.presence(
                    HoldfastHttpClient.outcomeOf(answer), ResponseView.of(answer.statusCode(), headers, body, true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Presence.UNKNOWN;
        } catch (IOException absent) {
            return PresenceCheck.read(Outcome.of(absent));
        }
    }
}
