package dev.holdfast.alibaba;

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
import java.util.Locale;
import okhttp3.Call;
import okhttp3.OkHttpClient;

/**
 * The metadata service of Alibaba Cloud's ECS, {@code alibaba/metadata}, with its operations {@code token} (PUT), {@code credentials} (of a RAM
 * role) and {@code metadata} (everything else).
 *
 * <table>
 * <caption>The policy of {@link #SERVICE}, and where each number comes from</caption>
 * <tr><th>what</th><th>default</th><th>source</th></tr>
 * <tr><td>attempts</td><td>4</td><td>aliyun-openapi-java-sdk metadata provider: 4 (2026)</td></tr>
 * <tr><td>TRANSIENT</td><td>equal jitter 1 s, cap 10 s: 0.5–1, 1–2, 2–4 s</td><td>alibaba-cloud-csi-driver: each second, within 10 s (2026)</td></tr>
 * <tr><td>THROTTLE</td><td>equal jitter 2 s, cap 20 s: 1–2, 2–4, 4–8 s</td><td>own: a limit exists, its number is not published
 * (view-instance-metadata, 2026)</td></tr>
 * <tr><td>deadline</td><td>60 s, unless you set one</td><td>four attempts and their waits</td></tr>
 * <tr><td>attempt timeout</td><td>10 s</td><td>cloud-init for other clouds: 10 s; its 5 s for this one (2026) would ask a slow service for a token twice</td></tr>
 * </table>
 *
 * <p>A credentials document is looked into, because it comes with status 200 even where there are no credentials. {@code X-Forwarded-For} is never sent,
 * because the service refuses tokens to whoever sends it; a proxy is never used.
 */
public final class AlibabaMetadata {
    /** The service, for {@code decide} and for a {@link Holdfast} of your own; it needs no HTTP client. */
    public static final Service SERVICE = Service.builder("alibaba/metadata")
            .credentialsBy(".credentials(AlibabaMetadata.tokens(serviceClient).build())")
            .probePath("/latest/meta-data/")
            .baseUrl("http://100.100.100.200")
            .linkLocal()
            .forbiddenHeader("X-Forwarded-For")
            .operation(Operation.named("token")
                    .path("/latest/api/token")
                    .methods("PUT")
                    .withoutCredentials()
                    .attemptTimeout(Duration.ofSeconds(7))
                    .mostTimeouts(2)
                    .retrySafety(RetrySafety.ALWAYS))
            .operation(Operation.named("credentials")
                    .methods("GET")
                    .when(request ->
                            request.path().toLowerCase(Locale.ROOT).contains("/meta-data/ram/security-credentials"))
                    .retrySafety(RetrySafety.ALWAYS)
                    .inspectSuccess())
            .operation(Operation.named("metadata").methods("GET", "HEAD").retrySafety(RetrySafety.ALWAYS))
            .dialect(new MetadataDialect())
            .catalogue(Catalogue.resource(
                    "alibaba/metadata", () -> AlibabaMetadata.class.getResourceAsStream("metadata.tsv")))
            .policy(RetryPolicy.builder()
                    .maxAttempts(4)
                    .defaultDeadline(Duration.ofSeconds(60))
                    .attemptTimeout(Duration.ofSeconds(10))
                    .backoff(Pace.TRANSIENT, Backoff.equalJitter(Duration.ofSeconds(1), Duration.ofSeconds(10)))
                    .backoff(Pace.THROTTLE, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(20)))
                    .build())
            .build();

    /** 1 s to 6 h (alibabacloud.com, "View instance metadata", 2026). */
    private static final MetadataTokens.Form TOKENS = MetadataTokens.form("alibaba/metadata-token")
            .path("/latest/api/token")
            .lifetimeHeader("X-aliyun-ecs-metadata-token-ttl-seconds")
            .tokenHeader("X-aliyun-ecs-metadata-token")
            .shortestLifetime(Duration.ofSeconds(1))
            .longestLifetime(Duration.ofHours(6))
            .build();

    private AlibabaMetadata() {}

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
     * The tokens that metadata requests carry, for 6 h unless you say 1 s or more, and which a hardened instance insists on: {@code
     * Holdfast.builder(AlibabaMetadata.SERVICE).credentials(AlibabaMetadata.tokens(serviceClient).build())}.
     *
     * @param serviceClient makes calls of {@link #SERVICE}; whether it has credentials does not matter
     * @return a builder to change or to build
     * @throws IllegalArgumentException if it makes calls of another service
     */
    public static MetadataTokens tokens(ServiceClient serviceClient) {
        return MetadataTokens.of(ServiceClient.of(SERVICE, serviceClient), TOKENS);
    }

    /**
     * The temporary credentials of the instance's RAM role, whichever it is; they sign requests of {@link AlibabaSlb} and other RPC services.
     *
     * @param serviceClient makes calls of {@link #SERVICE}, with {@link #tokens} where the instance insists on them
     * @return a builder to change or to build, on the clock of the service client
     * @throws IllegalArgumentException if it makes calls of another service
     */
    public static CachingCredentialSource.Builder roleCredentials(ServiceClient serviceClient) {
        return source(new RoleCredentials(ServiceClient.of(SERVICE, serviceClient), null));
    }

    /**
     * The temporary credentials of a RAM role by its name, which saves asking for it.
     *
     * @param serviceClient makes calls of {@link #SERVICE}, with {@link #tokens} where the instance insists on them
     * @param role the role's name
     * @return a builder to change or to build, on the clock of the service client
     * @throws IllegalArgumentException if it makes calls of another service, or if this cannot be a role's name
     */
    public static CachingCredentialSource.Builder roleCredentials(ServiceClient serviceClient, String role) {
        return source(new RoleCredentials(ServiceClient.of(SERVICE, serviceClient), RoleCredentials.checked(role)));
    }

    private static CachingCredentialSource.Builder source(RoleCredentials fetch) {
        return CachingCredentialSource.builder(RoleCredentials.NAME, Acs3HmacSha256.INSTANCE)
                .fetch(fetch)
                .timeSource(fetch.serviceClient().timeSource())
                .random(fetch.serviceClient().random());
    }

    /**
     * For an agent that starts before the network does: nobody answering counts as STARTUP.
     *
     * <p>Waits: STARTUP 0.5–1, 1–2, 2–4, 2.5–5 s and so on, for 240 s, which is how long cloud-init waits for a token; TRANSIENT 0.5–1, 1–2,
     * 2–4, 4–8, 5–10 s and so on; THROTTLE 1–2, 2–4, 4–8, 8–16, 10–20 s and so on (8 attempts). Deadline 5 min.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder boot() {
        return Holdfast.boot(SERVICE)
                .backoff(Pace.STARTUP, Backoff.equalJitter(Duration.ofSeconds(1), Duration.ofSeconds(5)))
                .patience(Pace.STARTUP, Duration.ofSeconds(240));
    }

    /**
     * For a person who waits.
     *
     * <p>Waits: TRANSIENT 0.5–1, 1–2 s; THROTTLE 1–2, 2–4 s (3 attempts). Deadline 10 s, attempt timeout 2 s, retry-after up to 5 s.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder interactive() {
        return Holdfast.interactive(SERVICE).deadline(Duration.ofSeconds(10)).attemptTimeout(Duration.ofSeconds(2));
    }

    /**
     * For work that nobody waits for.
     *
     * <p>Waits: TRANSIENT and THROTTLE 2.5–5, 5–10, 10–20, 20–40, 30–60 s and so on (8 attempts). Deadline 10 min, retry-after up to 5 min.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder background() {
        return Holdfast.background(SERVICE);
    }
}
