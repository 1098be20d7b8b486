package dev.holdfast.alibaba;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.OkHttpClient;

/**
 * Alibaba Cloud's Classic Load Balancer, {@code alibaba/slb}, RPC version 2014-05-15. Its operations are told by the action, not by the
 * method: {@code read} is {@code Describe*}, {@code List*} and {@code Query*}; {@code write-with-token} is every other action with a {@code
 * ClientToken}, by which the service knows a repetition; {@code write} is the rest, repeated only where the server surely did nothing.
 *
 * <table>
 * <caption>The policy of {@link #SERVICE}, and where each number comes from</caption>
 * <tr><th>what</th><th>default</th><th>source</th></tr>
 * <tr><td>attempts</td><td>6</td><td>aliyun-openapi-java-sdk and -python-sdk repeat 3 times within a second (2026), too short for a load
 * balancer that is being configured: terraform-provider-alicloud waits 3 to 10 s each (2026)</td></tr>
 * <tr><td>TRANSIENT</td><td>equal jitter 500 ms, cap 20 s: 0.25–0.5, 0.5–1, 1–2, 2–4, 4–8 s</td><td>aliyun-openapi-python-sdk
 * retry_config.json: equal jitter, cap 20 s (2026)</td></tr>
 * <tr><td>THROTTLE, which busy resources share</td><td>equal jitter 2 s, cap 20 s: 1–2, 2–4, 4–8, 8–16, 10–20 s</td><td>csi-driver throttle.go:
 * from 1 s, doubling (2026); quotas are counted by the minute (help.aliyun.com OpenAPI throttling)</td></tr>
 * <tr><td>MAINTENANCE</td><td>equal jitter 10 s: 5–10 s each; patience 120 s</td><td>AlibabaCloudDocs/slb: a region's maintenance takes minutes
 * (2021)</td></tr>
 * <tr><td>retry-after cap</td><td>120 s</td><td>darabonba RetryOptions maxDelay 120 000 ms; java-core cap 120 s (2026)</td></tr>
 * <tr><td>deadline</td><td>180 s, unless you set one</td><td>six attempts and their waits; longer than the patience</td></tr>
 * <tr><td>attempt timeout</td><td>15 s</td><td>java-core HttpClientConfig: connect 5 s, read 10 s (2026)</td></tr>
 * </table>
 *
 * <p>{@code x-acs-retry-after} (milliseconds) on any error answer is a throttle with the server's own wait, whatever the code (aliyun/darabonba-openapi
 * 8b916ca, 2026-07-21). An answer with {@code AccessDeniedDetail} is a lack of permission, whatever the code. In both cases the error
 * keeps the code that was sent.
 *
 * <p>Every attempt must be signed anew, with a new nonce and time, while the {@code ClientToken} must stay: so do the sources made here and by {@link
 * AlibabaMetadata#roleCredentials}. With them the caller sets {@code x-acs-action} and {@code x-acs-version}, and the parameters stand in the query.
 */
public final class AlibabaSlb {
    private static final Catalogue CATALOGUE =
            Catalogue.resource("alibaba/slb", () -> AlibabaSlb.class.getResourceAsStream("slb.tsv"));

    /** The service at its central endpoint, {@code slb.aliyuncs.com}; for {@code decide} the region does not matter. */
    public static final Service SERVICE = at(SlbEndpoints.CENTRAL, SlbEndpoints.CENTRAL);

    private AlibabaSlb() {}

    /**
     * The service of a region, at the endpoint that serves it. Allowed hosts are the central one ({@code slb.aliyuncs.com}), the region's own ({@code
     * slb.REGION.aliyuncs.com}) and the region's inside a VPC ({@code slb-vpc.REGION.aliyuncs.com}); for any other use {@code endpoint(URI)}.
     *
     * @param region a region's id, such as {@code cn-hangzhou}
     * @return the service
     * @throws IllegalArgumentException if this cannot be a region's id
     */
    public static Service in(String region) {
        return at(
                SlbEndpoints.host(region),
                SlbEndpoints.CENTRAL,
                SlbEndpoints.regionalHost(region),
                SlbEndpoints.vpcHost(region));
    }

    private static Service at(String host, String... otherHosts) {
        return Service.builder("alibaba/slb")
                .credentialsBy("AlibabaSlb.signedByRole(client, region)")
                .baseUrl("https://" + host)
                .hosts(otherHosts)
                .requestIdHeaders("x-acs-request-id", "x-log-requestid")
                .operation(Operation.named("read")
                        .when(RpcAction::isRead)
                        .retrySafety(RetrySafety.ALWAYS)
                        .category("read"))
                .operation(Operation.named("write-with-token")
                        .when(RpcAction::hasClientToken)
                        .retrySafety(RetrySafety.ALWAYS)
                        .category("write"))
                .operation(Operation.named("write")
                        .retrySafety(RetrySafety.IF_NOT_PROCESSED)
                        .category("write"))
                .dialect(new RpcDialect())
                .catalogue(CATALOGUE)
                .policy(RetryPolicy.builder()
                        .maxAttempts(6)
                        .defaultDeadline(Duration.ofSeconds(180))
                        .attemptTimeout(Duration.ofSeconds(15))
                        .backoff(Pace.TRANSIENT, Backoff.equalJitter(Duration.ofMillis(500), Duration.ofSeconds(20)))
                        .backoff(Pace.THROTTLE, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(20)))
                        .backoff(Pace.MAINTENANCE, Backoff.equalJitter(Duration.ofSeconds(10), Duration.ofSeconds(10)))
                        .patience(Pace.MAINTENANCE, Duration.ofSeconds(120))
                        .maxRetryAfter(Duration.ofSeconds(120))
                        .build())
                .build();
    }

    /**
     * Wraps a client with the defaults.
     *
     * @param client your client; it is not changed
     * @param region a region's id, such as {@code cn-hangzhou}
     * @return a factory of calls to the region's endpoint
     * @throws IllegalArgumentException if this cannot be a region's id
     */
    public static Call.Factory wrap(OkHttpClient client, String region) {
        return HoldfastOkHttp.wrap(client, Holdfast.of(in(region)));
    }

    /**
     * Wraps a client with the defaults. Requests are signed with the temporary key of the instance's RAM role, which is asked for with a metadata token.
     *
     * @param client your client; it is not changed
     * @param region a region's id, such as {@code cn-hangzhou}
     * @return a factory of calls to the region's endpoint
     * @throws IllegalArgumentException if this cannot be a region's id
     */
    public static Call.Factory signedByRole(OkHttpClient client, String region) {
        return HoldfastOkHttp.wrap(client, chain(region));
    }

    /**
     * The service of a region with the instance's RAM role, for any HTTP client: metadata token, temporary key, signature.
     *
     * @param region a region's id, such as {@code cn-hangzhou}
     * @return the chain; an adapter's {@code wrap} takes it
     * @throws IllegalArgumentException if this cannot be a region's id
     */
    public static Holdfast.Chain chain(String region) {
        return Holdfast.chain(
                Holdfast.of(AlibabaMetadata.SERVICE),
                Holdfast.of(in(region)),
                asked -> AlibabaMetadata.tokens(asked).build(),
                asked -> AlibabaMetadata.roleCredentials(asked).build());
    }

    /**
     * A permanent access key, which signs requests and cannot be renewed.
     *
     * @param id the AccessKey id
     * @param secret the AccessKey secret
     * @return a builder to change or to build
     */
    public static CachingCredentialSource.Builder accessKey(String id, Secret secret) {
        Credential key = Credential.accessKey(id, secret, null, null);
        return CachingCredentialSource.builder("alibaba/access-key", Acs3HmacSha256.INSTANCE)
                .fetch(CredentialFetch.future(() -> CompletableFuture.completedFuture(key)));
    }

    /**
     * The signature of the RPC gateway, {@code ACS3-HMAC-SHA256}, for a source of your own: nonce, date, security token and signature are new for every
     * attempt.
     *
     * @return the one signer
     */
    public static RequestSigner signer() {
        return Acs3HmacSha256.INSTANCE;
    }

    /**
     * For a person who waits.
     *
     * <p>Waits: TRANSIENT 0.25–0.5, 0.5–1 s; THROTTLE 1–2, 2–4 s (3 attempts); maintenance is reported at once. Deadline 20 s, attempt timeout 8 s,
     * retry-after up to 8 s.
     *
     * @param region a region's id
     * @return a builder to change or to build
     * @throws IllegalArgumentException if this cannot be a region's id
     */
    public static Holdfast.Builder interactive(String region) {
        return Holdfast.interactive(in(region))
                .deadline(Duration.ofSeconds(20))
                .attemptTimeout(Duration.ofSeconds(8))
                .maxRetryAfter(Duration.ofSeconds(8));
    }

    /**
     * For work that nobody waits for. Lasts as long as terraform-provider-alicloud does with a load balancer that is being configured: five minutes.
     *
     * <p>Waits: TRANSIENT 1–2, 2–4, 4–8, 8–16, 16–32, 20–40 s and so on; THROTTLE 1.5–3, 3–6, 6–12, 12–24, 15–30 s and so on (16 attempts);
     * MAINTENANCE 5–10 s each, for 10 min. Deadline 15 min, retry-after up to 5 min.
     *
     * @param region a region's id
     * @return a builder to change or to build
     * @throws IllegalArgumentException if this cannot be a region's id
     */
    public static Holdfast.Builder background(String region) {
        return Holdfast.background(in(region))
                .maxAttempts(16)
                .defaultDeadline(Duration.ofMinutes(15))
                .backoff(Pace.TRANSIENT, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(40)))
                .backoff(Pace.THROTTLE, Backoff.equalJitter(Duration.ofSeconds(3), Duration.ofSeconds(30)))
                .patience(Pace.MAINTENANCE, Duration.ofMinutes(10));
    }
}
