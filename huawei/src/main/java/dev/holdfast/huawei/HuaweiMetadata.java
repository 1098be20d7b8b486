package dev.holdfast.huawei;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.MetadataTokens;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.OkHttpClient;

/**
 * The metadata service of a Huawei Cloud server, {@code huawei/metadata}, with its operations {@code securitykey} (temporary keys of the server's
 * agency), {@code token} (the V2 metadata token) and {@code metadata}.
 *
 * <table>
 * <caption>The policy of {@link #SERVICE}, and where each number comes from</caption>
 * <tr><th>what</th><th>default</th><th>source</th></tr>
 * <tr><td>attempts</td><td>5</td><td>cloud-init OpenStack source, url_retries 5; OTC image guide for bare metal, retries 5 (2026)</td></tr>
 * <tr><td>TRANSIENT</td><td>equal jitter 2 s, cap 10 s: 1–2, 2–4, 4–8, 5–10 s</td><td>cloud-init: 1 s; no rate limit is documented, so no call comes back
 * within a second</td></tr>
 * <tr><td>THROTTLE</td><td>equal jitter 2 s, cap 20 s: 1–2, 2–4, 4–8, 8–16 s</td><td>same</td></tr>
 * <tr><td>STARTUP</td><td>equal jitter 2 s, cap 10 s; patience 60 s</td><td>Holdfast's own; {@link #boot()} waits as long as OTC's image guide</td></tr>
 * <tr><td>MAINTENANCE</td><td>equal jitter 10 s; patience 90 s</td><td>Holdfast's own; no answer asks for it</td></tr>
 * <tr><td>deadline</td><td>120 s, unless you set one</td><td>longer than the patience; OTC image guide: max_wait 120</td></tr>
 * <tr><td>attempt timeout</td><td>10 s</td><td>cloud-init: 10 s; the 3 s of huaweicloud-sdk-java-v3's MetadataAccessor would ask a slow service twice</td></tr>
 * </table>
 *
 * <p>{@code X-Forwarded-For} is never sent, because a token request with it is refused (Huawei ECS guide ecs_03_2167, 2025-08-12); a proxy is never
 * used. A {@code token} call that fails as UNSUPPORTED is the normal state outside the few regions with V2 tokens: go on without one.
 */
public final class HuaweiMetadata {
    /** The service, for {@code decide} and for a {@link Holdfast} of your own; it needs no HTTP client. */
    public static final Service SERVICE = Service.builder("huawei/metadata")
            .credentialsBy(".credentials(HuaweiMetadata.tokens(serviceClient).build())")
            .probePath("/openstack/latest/securitykey")
            .baseUrl("http://169.254.169.254")
            .linkLocal()
            .forbiddenHeader("X-Forwarded-For")
            .requestIdHeaders("X-Request-Id", "X-Compute-Request-Id", "X-Openstack-Request-Id")
            .operation(Operation.named("securitykey")
                    .methods("GET")
                    .when(request -> isSecurityKey(request.path()))
                    .retrySafety(RetrySafety.ALWAYS)
                    .category("credentials"))
            // A second token does not end the first.
            .operation(Operation.named("token")
                    .path("/meta-data/latest/api/token")
                    .methods("PUT")
                    .withoutCredentials()
                    .attemptTimeout(Duration.ofSeconds(7))
                    .mostTimeouts(2)
                    .retrySafety(RetrySafety.ALWAYS)
                    .category("credentials"))
            .operation(Operation.named("metadata").methods("GET", "HEAD").retrySafety(RetrySafety.ALWAYS))
            .dialect(new MetadataDialect())
            .catalogue(Catalogue.resource(
                    "huawei/metadata", () -> HuaweiMetadata.class.getResourceAsStream("metadata.tsv")))
            .policy(RetryPolicy.builder()
                    .maxAttempts(5)
                    .defaultDeadline(Duration.ofSeconds(120))
                    .backoff(Pace.TRANSIENT, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(10)))
                    .backoff(Pace.THROTTLE, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(20)))
                    .backoff(Pace.STARTUP, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(10)))
                    .build())
            .build();

    /** 60 s to 6 h (Huawei ECS guide ecs_03_2167, 2025-08-12); where there are none, asked again after a day, as huaweicloud-sdk-java-v3 does. */
    private static final MetadataTokens.Form TOKENS = MetadataTokens.form("huawei/metadata-token")
            .path("/meta-data/latest/api/token")
            .lifetimeHeader("X-Metadata-Token-Ttl-Seconds")
            .tokenHeader("X-Metadata-Token")
            .shortestLifetime(Duration.ofMinutes(1))
            .longestLifetime(Duration.ofHours(6))
            .askAgainAfter(Duration.ofHours(24))
            .build();

    private HuaweiMetadata() {}

    /**
     * Wraps a client with the defaults.
     *
     * @param client your client; it is not changed
     * @return a factory of calls to the metadata service
     */
    public static Call.Factory wrap(OkHttpClient client) {
        return HoldfastOkHttp.wrap(client, Holdfast.of(SERVICE));
    }

    /**
     * The V2 tokens that metadata requests carry, for 6 h unless you say 60 s or more: {@code Holdfast.builder(HuaweiMetadata.SERVICE).credentials(HuaweiMetadata.tokens(serviceClient).build())}.
     * Where tokens are not enforced, requests without a source go without. Most regions have none to give: {@code toleratingAbsence()} says that you accept
     * it there. The vendor's SDKs take a 503 for it too, and pods in CCE are said to get a 400.
     *
     * @param serviceClient makes calls of {@link #SERVICE}; whether it has credentials does not matter
     * @return a builder to change or to build
     * @throws IllegalArgumentException if it makes calls of another service
     */
    public static MetadataTokens tokens(ServiceClient serviceClient) {
        return MetadataTokens.of(ServiceClient.of(SERVICE, serviceClient), TOKENS);
    }

    /**
     * The temporary keys of the server's agency, which sign requests of {@link HuaweiIMetal} and other services behind the API gateway.
     *
     * @param serviceClient makes calls of {@link #SERVICE}, with {@link #tokens} where the server enforces them
     * @return a builder to change or to build, on the clock of the service client
     * @throws IllegalArgumentException if it makes calls of another service
     */
    public static CachingCredentialSource.Builder securityKeys(ServiceClient serviceClient) {
        return HuaweiIMetal.source(SecurityKeys.NAME, SdkHmacSha256.INSTANCE)
                .fetch(new SecurityKeys(ServiceClient.of(SERVICE, serviceClient)))
                .timeSource(serviceClient.timeSource())
                .random(serviceClient.random());
    }

    /**
     * For an agent that starts before the network does: nobody answering counts as STARTUP.
     *
     * <p>Waits: STARTUP 1–2, 2–4, 2.5–5 s and so on, for 120 s; TRANSIENT 1–2, 2–4, 4–8, 5–10 s and so on (8 attempts). Deadline 5 min.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder boot() {
        return Holdfast.boot(SERVICE)
                .backoff(Pace.STARTUP, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(5)))
                .patience(Pace.STARTUP, Duration.ofSeconds(120));
    }

    /**
     * For a person who waits.
     *
     * <p>Waits: TRANSIENT and THROTTLE 1–2, 2–4 s (3 attempts). Deadline 15 s, attempt timeout 5 s.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder interactive() {
        return Holdfast.interactive(SERVICE);
    }

    /**
     * For work that nobody waits for: slower and more patient.
     *
     * <p>Waits: TRANSIENT and THROTTLE 2.5–5, 5–10, 10–20, 20–40, 30–60, 30–60, 30–60 s (8 attempts). Deadline 10 min, retry-after up to 5 min.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder background() {
        return Holdfast.background(SERVICE);
    }

    /** Under any version segment: {@code latest} or a date. */
    private static boolean isSecurityKey(String path) {
        return path.startsWith("/openstack/") && path.endsWith("/securitykey");
    }
}
