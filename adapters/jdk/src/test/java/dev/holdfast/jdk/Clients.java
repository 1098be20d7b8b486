package dev.holdfast.jdk;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import java.net.http.HttpClient;
import java.time.Duration;

/** The service of these tests: link-local, with a header that is required and one that is forbidden. */
final class Clients {
    static final Service SERVICE = Service.builder("test/metadata")
            .baseUrl("http://169.254.169.254")
            .linkLocal()
            .requiredHeader("Metadata", "true")
            .forbiddenHeader("X-Forwarded-For")
            .operation(Operation.named("never").path("/never").retrySafety(RetrySafety.NEVER))
            .operation(Operation.named("looked-into")
                    .path("/looked-into")
                    .retrySafety(RetrySafety.ALWAYS)
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
                .timeSource(time)
                .scheduler(time);
    }

    static HoldfastHttpClient client(RawServer server, FakeTime time) {
        return HoldfastHttpClient.wrap(plain(), policy(server, time).build());
    }
}
