package dev.holdfast.azure;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.net.URI;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.OkHttpClient;

/**
 * The Azure Instance Metadata Service, {@code azure/imds}, with its operations {@code instance}, {@code loadbalancer}, {@code identity},
 * {@code scheduledevents}, {@code attested} and {@code versions}.
 *
 * <table>
 * <caption>The policy of {@link #SERVICE}, and where each number comes from</caption>
 * <tr><th>what</th><th>default</th><th>source</th></tr>
 * <tr><td>attempts</td><td>5</td><td>Entra how-to-use-vm-token, retry count 5 (2025)</td></tr>
 * <tr><td>TRANSIENT, THROTTLE</td><td>equal jitter 2 s, cap 20 s: 1–2, 2–4, 4–8, 8–16 s</td><td>same: a 5xx wants at least 1 s, exponential with
 * delta 2 s; azure-sdk-for-java#23698</td></tr>
 * <tr><td>STARTUP</td><td>equal jitter 2 s, cap 10 s: 1–2, 2–4, 4–8, 5–10 s …; patience 60 s</td><td>load balancer IMDS errors (2021-02-12): "could be
 * provisioning"</td></tr>
 * <tr><td>MAINTENANCE</td><td>equal jitter 10 s: 5–10 s each; patience 90 s, never under 70 s unless it is zero</td><td>IMDS: 410 for at most 70 s
 * (2025); MSAL imds_retry_based_on_errors: every 10 s; real updates took 76 s and more (azure-sdk-for-net#19241)</td></tr>
 * <tr><td>deadline</td><td>180 s, unless you set one</td><td>longer than the patience, and than the first scheduled events</td></tr>
 * <tr><td>attempt timeout</td><td>10 s; {@code identity} 100 s; {@code scheduledevents} 130 s</td><td>scheduled-events: the first call may take two
 * minutes (2025); a pod identity relay answers after 80 s (Azure/aad-pod-identity#472), and a shorter timeout leaves calls open against the limit of
 * 5 at once (cloud-init PR 4470)</td></tr>
 * <tr><td>rate</td><td>one attempt every 210 ms; {@code identity} one every 53 ms and 4 at once</td><td>just below the documented 5 and 20 per
 * second and 5 at once, which hold for the VM and are shared with other agents (2025)</td></tr>
 * </table>
 *
 * <p>{@code Metadata: true} is added where it is missing; {@code X-Forwarded-For} is never sent; a proxy is never used.
 */
public final class AzureImds {
    /** The service, for {@code decide} and for a {@link Holdfast} of your own; it needs no HTTP client. */
    public static final Service SERVICE = Service.builder("azure/imds")
            .baseUrl("http://169.254.169.254")
            .linkLocal()
            .probePath("/metadata/versions")
            .requiredHeader("Metadata", "true")
            .forbiddenHeader("X-Forwarded-For")
            .requestIdHeaders("x-ms-request-id", "x-ms-client-request-id")
            .operation(Operation.named("instance")
                    .path("/metadata/instance")
                    .methods("GET")
                    .retrySafety(RetrySafety.ALWAYS))
            .operation(Operation.named("loadbalancer")
                    .path("/metadata/loadbalancer")
                    .methods("GET")
                    .retrySafety(RetrySafety.ALWAYS))
            .operation(Operation.named("identity")
                    .path("/metadata/identity")
                    .methods("GET", "POST")
                    .retrySafety(RetrySafety.ALWAYS)
                    .category("identity")
                    .attemptTimeout(Duration.ofSeconds(100)))
            // Approving events twice is the same as once: the events name themselves.
            .operation(Operation.named("scheduledevents")
                    .path("/metadata/scheduledevents")
                    .methods("GET", "POST")
                    .retrySafety(RetrySafety.ALWAYS)
                    .attemptTimeout(Duration.ofSeconds(130)))
            .operation(Operation.named("attested")
                    .path("/metadata/attested")
                    .methods("GET")
                    .retrySafety(RetrySafety.ALWAYS))
            .operation(Operation.named("versions")
                    .path("/metadata/versions")
                    .methods("GET")
                    .retrySafety(RetrySafety.ALWAYS))
            .dialect(new ImdsDialect())
            .catalogue(Catalogue.resource("azure/imds", () -> AzureImds.class.getResourceAsStream("imds.tsv")))
            .policy(RetryPolicy.builder()
                    .maxAttempts(5)
                    .defaultDeadline(Duration.ofMinutes(3))
                    .backoff(Pace.TRANSIENT, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(20)))
                    .backoff(Pace.THROTTLE, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(20)))
                    .backoff(Pace.STARTUP, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(10)))
                    .backoff(Pace.MAINTENANCE, Backoff.equalJitter(Duration.ofSeconds(10), Duration.ofSeconds(10)))
                    .patience(Pace.STARTUP, Duration.ofSeconds(60))
                    .patience(Pace.MAINTENANCE, Duration.ofSeconds(90))
                    .build())
            .limits("default", Limits.NONE.rate(10, Duration.ofMillis(2_100)))
            .limits("identity", Limits.NONE.rate(10, Duration.ofMillis(530)).concurrency(4))
            .leastPatience(Pace.MAINTENANCE, Duration.ofSeconds(70))
            .build();

    private AzureImds() {}

    /**
     * Wraps a client with the defaults.
     *
     * @param client your client; it is not changed
     * @return a factory of calls to IMDS
     */
    public static Call.Factory wrap(OkHttpClient client) {
        return HoldfastOkHttp.wrap(client, Holdfast.of(SERVICE));
    }

    /**
     * The tokens of a managed identity of this VM:
     *
     * <pre>{@code
     * ServiceClient imds = HoldfastOkHttp.serviceClient(client, Holdfast.of(AzureImds.SERVICE));
     * CachingCredentialSource tokens = AzureImds.managedIdentity(imds, "https://management.azure.com/").build();
     * Holdfast arm = Holdfast.builder(AzureVmInspector.SERVICE).credentials(tokens).build();
     * }</pre>
     *
     * @param serviceClient makes calls of {@link #SERVICE}
     * @param resource whom the tokens are for, such as {@code https://management.azure.com/}
     * @return a builder to change or to build
     * @throws IllegalArgumentException if it makes calls of another service, or the resource is blank
     */
    public static ManagedIdentity managedIdentity(ServiceClient serviceClient, String resource) {
        return new ManagedIdentity(serviceClient, resource);
    }

    /**
     * For a server that Azure Arc manages: the local agent's address, {@code http://127.0.0.1:40342}. For its tokens use {@link ManagedIdentity#onAzureArc}.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder arc() {
        return Holdfast.builder(SERVICE).endpoint(URI.create("http://127.0.0.1:40342"));
    }

    /**
     * For an agent that starts before the network does. Nobody answering counts as STARTUP, and so does a 404 of {@code instance}.
     *
     * <p>Waits: STARTUP 1–2, 2–4, 4–8, 5–10 s and so on, for 180 s; MAINTENANCE 5–10 s each, for 180 s; TRANSIENT and THROTTLE 1–2, 2–4, 4–8,
     * 8–16, 10–20, 10–20, 10–20 s (8 attempts). Deadline 5 min. Survives 60 s of refused connections and a maintenance of 75 s.
     * Retries draw on no budget, because all calls of a machine that starts may have to wait for its network together.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder boot() {
        return Holdfast.boot(SERVICE)
                .withoutBudget()
                .patience(Pace.MAINTENANCE, Duration.ofMinutes(3))
                .rule(
                        "boot-instance-not-found",
                        Rule.on(404)
                                .operation("instance")
                                .message("Not found")
                                .advice(
                                        "The instance's metadata is not there yet; if it stays so after boot, check the path.")
                                .retry(ErrorKind.NOT_READY, Pace.STARTUP));
    }

    /**
     * For a person who waits. Maintenance and startup are reported at once instead of being waited for.
     *
     * <p>Waits: TRANSIENT and THROTTLE 1–2, 2–4 s (3 attempts). Deadline 15 s, attempt timeout 5 s.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder interactive() {
        return Holdfast.interactive(SERVICE);
    }

    /**
     * For work that nobody waits for: slower and more patient, so that it stays out of the way of everybody else on the VM.
     *
     * <p>Waits: TRANSIENT and THROTTLE 2.5–5, 5–10, 10–20, 20–40, 30–60, 30–60, 30–60 s (8 attempts); STARTUP 2.5–5, 5–10, 10–20, 15–30 s and so on, for
     * 5 min; MAINTENANCE 5–10 s each, for 5 min. Deadline 10 min, retry-after up to 5 min.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder background() {
        return Holdfast.background(SERVICE)
                .backoff(Pace.STARTUP, Backoff.equalJitter(Duration.ofSeconds(5), Duration.ofSeconds(30)))
                .patience(Pace.STARTUP, Duration.ofMinutes(5))
                .patience(Pace.MAINTENANCE, Duration.ofMinutes(5));
    }
}
