package dev.holdfast.core.jdk;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Operation;
import dev.holdfast.core.Service;
import dev.holdfast.core.backoff.Backoff;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.retry.Replay;
import java.net.http.HttpClient;
import java.time.Duration;

/** The service of these tests: link-local, with a header that is required and one that is forbidden. */
final class Clients {
    static final Service SERVICE = Service.builder("test/metadata")
            .baseUrl("http://169.254.169.254")
            .linkLocal()
            .requiredHeader("Metadata", "true")
            .forbiddenHeader("X-Forwarded-For")
            .operation(Operation.named("never").path("/never").replay(Replay.NEVER))
            .operation(Operation.named("looked-into")
                    .path("/looked-into")
                    .replay(Replay.SAFE)
                    .inspectSuccess())
            .build();

    private Clients() {}

    static HttpClient plain() {
        return HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    }

    static Holdfast.Builder policy(RawServer server, FakeTime time) {
        return Holdfast.builder(SERVICE)
                .endpoint(server.uri(""))
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(1)))
                .clock(time)
                .scheduler(time);
    }

    static HoldfastHttpClient client(RawServer server, FakeTime time) {
        return HoldfastHttpClient.wrap(plain(), policy(server, time).build());
    }
}
