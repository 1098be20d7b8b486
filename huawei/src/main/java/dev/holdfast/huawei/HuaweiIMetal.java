package dev.holdfast.huawei;

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
 * iMetal, the bare metal servers of Huawei Cloud's CloudDC, {@code huawei/imetal}, behind the API gateway, with its operations {@code read}, {@code
 * create} (order one instance or several) and {@code change} (every other write).
 *
 * <table>
 * <caption>The policy, and where each number comes from</caption>
 * <tr><th>what</th><th>default</th><th>source</th></tr>
 * <tr><td>attempts</td><td>5</td><td>golangsdk and terraform-provider-huaweicloud HW_MAX_RETRIES: 5 (2026)</td></tr>
 * <tr><td>TRANSIENT</td><td>full jitter 500 ms, cap 20 s: 0–0.5, 0–1, 0–2, 0–4 s</td><td>gophertelekomcloud PR 112: 500 ms after a 502 or 504</td></tr>
 * <tr><td>THROTTLE</td><td>equal jitter 4 s, cap 60 s: 2–4, 4–8, 8–16, 16–32 s</td><td>OTC ocr_01_0041: after 2 to 5 s; the gateway's windows are
 * mostly a minute, and the few hundred milliseconds of huaweicloud-sdk-java-v3 end inside one</td></tr>
 * <tr><td>STARTUP</td><td>equal jitter 10 s, cap 15 s: 5–10, 7.5–15 s …; patience 3 min</td><td>iMetal.0101, "Try again later" (2025-07-25), without
 * a number; terraform-provider-huaweicloud polls every 10 s</td></tr>
 * <tr><td>MAINTENANCE</td><td>equal jitter 20 s, cap 60 s: 10–20, 20–40, 30–60 s …; patience 5 min</td><td>Ecs.0603: after 60 s (OTC ECS error
 * codes)</td></tr>
 * <tr><td>deadline</td><td>6 min, unless you set one</td><td>longer than the patience, shorter than the 15 minutes a signature lives</td></tr>
 * <tr><td>attempt timeout</td><td>30 s; {@code create} 60 s</td><td>Holdfast's own; huaweicloud-sdk-java-v3 reads for 120 s</td></tr>
 * <tr><td>retry-after cap</td><td>2 min</td><td>the longest window seen is 5 minutes for 200 calls, 1.5 s a call</td></tr>
 * </table>
 *
 * <p>The API has no idempotency token: a {@code create} or {@code change} is repeated only where the answer says that nothing was done. More than five
 * refusals of a key in a row lock it for five minutes (OTC APIG FAQ apig-faq-0003), so a renewed credential is tried once, and after that refusal the sources made here and by {@link HuaweiMetadata#securityKeys} stop for as long. They
 * sign every attempt anew, below your own interceptors.
 */
public final class HuaweiIMetal {
    private static final Catalogue CATALOGUE =
            Catalogue.resource("huawei/imetal", () -> HuaweiIMetal.class.getResourceAsStream("imetal.tsv"));

    private HuaweiIMetal() {}

    /**
     * The service of a region, at {@code https://clouddc.REGION.myhuaweicloud.com} (CloudDC API reference, endpoints, 2025-07-25); of {@code
     * eu-west-101} at {@code https://clouddc.eu-west-101.myhuaweicloud.eu}, the domain of the European cloud (terraform-provider-huaweicloud PR 2239).
     *
     * @param region a region's id, such as {@code cn-southwest-2}, {@code cn-east-3}, {@code cn-south-1} or {@code ap-southeast-3}
     * @return the service
     * @throws IllegalArgumentException if it cannot be a region's id, or is known as another operator's: {@code eu-de}, {@code eu-nl}, {@code
     *     eu-west-0}, {@code ru-moscow-1}, {@code ae-ad-1}
     */
    public static Service in(String region) {
        return Service.builder("huawei/imetal")
                .credentialsBy("HuaweiIMetal.signedByAgency(client, region)")
                .baseUrl("https://" + IMetalRegions.host(region))
                .requestIdHeaders("X-Request-Id", "X-IAM-Trace-Id", "x-obs-request-id")
                .operation(Operation.named("read").methods("GET", "HEAD").retrySafety(RetrySafety.ALWAYS))
                .operation(Operation.named("create")
                        .methods("POST")
                        .when(request -> isOrder(request.path()))
                        .retrySafety(RetrySafety.IF_NOT_PROCESSED)
                        .attemptTimeout(Duration.ofSeconds(60))
                        .inspectSuccess())
                .operation(Operation.named("change")
                        .methods("POST", "PUT", "PATCH", "DELETE")
                        .retrySafety(RetrySafety.IF_NOT_PROCESSED)
                        .inspectSuccess())
                .dialect(new IMetalDialect())
                .catalogue(CATALOGUE)
                .policy(RetryPolicy.builder()
                        .maxAttempts(5)
                        .defaultDeadline(Duration.ofMinutes(6))
                        .attemptTimeout(Duration.ofSeconds(30))
                        .backoff(Pace.TRANSIENT, Backoff.fullJitter(Duration.ofMillis(500), Duration.ofSeconds(20)))
                        .backoff(Pace.THROTTLE, Backoff.equalJitter(Duration.ofSeconds(4), Duration.ofSeconds(60)))
                        .backoff(Pace.STARTUP, Backoff.equalJitter(Duration.ofSeconds(10), Duration.ofSeconds(15)))
                        .backoff(Pace.MAINTENANCE, Backoff.equalJitter(Duration.ofSeconds(20), Duration.ofSeconds(60)))
                        .patience(Pace.STARTUP, Duration.ofMinutes(3))
                        .patience(Pace.MAINTENANCE, Duration.ofMinutes(5))
                        .maxRetryAfter(Duration.ofMinutes(2))
                        .build())
                .build();
    }

    /**
     * Wraps a client with the defaults.
     *
     * @param client your client; it is not changed
     * @param region a region's id
     * @return a factory of calls to iMetal in that region
     */
    public static Call.Factory wrap(OkHttpClient client, String region) {
        return HoldfastOkHttp.wrap(client, Holdfast.of(in(region)));
    }

    /**
     * Wraps a client with the defaults. Requests are signed with the temporary key of the server's agency, which is asked for with a metadata token.
     *
     * @param client your client; it is not changed
     * @param region a region's id
     * @return a factory of calls to iMetal in that region
     * @throws IllegalArgumentException if this cannot be a region's id
     */
    public static Call.Factory signedByAgency(OkHttpClient client, String region) {
        return HoldfastOkHttp.wrap(client, chain(region));
    }

    /**
     * The service of a region with the server's agency, for any HTTP client: metadata token, temporary key, signature. Where the region has no metadata
     * tokens, as most have none, the key is asked for without one ({@link dev.holdfast.core.credential.MetadataTokens#toleratingAbsence}).
     *
     * @param region a region's id
     * @return the chain; an adapter's {@code wrap} takes it
     * @throws IllegalArgumentException if this cannot be a region's id
     */
    public static Holdfast.Chain chain(String region) {
        return Holdfast.chain(
                Holdfast.of(HuaweiMetadata.SERVICE),
                Holdfast.of(in(region)),
                asked -> HuaweiMetadata.tokens(asked).toleratingAbsence().build(),
                asked -> HuaweiMetadata.securityKeys(asked).build());
    }

    /**
     * IAM tokens, which stand in {@code X-Auth-Token}.
     *
     * @param login asks IAM for one ({@code POST /v3/auth/tokens}, whose answer has it in {@code X-Subject-Token}) and says how long it is good for,
     *     which is 24 h
     * @return a builder to change or to build
     */
    public static CachingCredentialSource.Builder tokens(CredentialFetch login) {
        return source("huawei/iam-token", RequestSigner.header("X-Auth-Token")).fetch(login);
    }

    /**
     * A permanent access key, which signs requests and cannot be renewed.
     *
     * @param id the access key's id
     * @param secret its secret
     * @return a builder to change or to build
     */
    public static CachingCredentialSource.Builder accessKey(String id, Secret secret) {
        Credential key = Credential.accessKey(id, secret, null, null);
        return source("huawei/access-key", SdkHmacSha256.INSTANCE)
                .fetch(CredentialFetch.future(() -> CompletableFuture.completedFuture(key)));
    }

    /**
     * The signature of the API gateway, {@code SDK-HMAC-SHA256}, for a source of your own: date, security token and signature are new for every
     * attempt. A project or domain is chosen by {@code X-Project-Id} or {@code X-Domain-Id} on the request. For a body that can be read only once,
     * set {@code X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD}.
     *
     * @return the one signer
     */
    public static RequestSigner signer() {
        return SdkHmacSha256.INSTANCE;
    }

    static CachingCredentialSource.Builder source(String name, RequestSigner signer) {
        return CachingCredentialSource.builder(name, signer).lockoutAfter(KeyLock::after);
    }

    /**
     * For a person who waits: what is being prepared or changed is reported at once instead of being waited for.
     *
     * <p>Waits: TRANSIENT 0–0.5, 0–1 s, THROTTLE 2–4, 4–8 s (3 attempts). Deadline 30 s.
     *
     * @param region a region's id
     * @return a builder to change or to build
     */
    public static Holdfast.Builder interactive(String region) {
        return Holdfast.interactive(in(region))
                .deadline(Duration.ofSeconds(30))
                .attemptTimeout(Duration.ofSeconds(30))
                .maxRetryAfter(Duration.ofSeconds(10));
    }

    /**
     * For work that nobody waits for, such as a rollout: hardware may take its time.
     *
     * <p>Waits: THROTTLE 5–10, 10–20, 20–40, 30–60 s and so on (8 attempts); STARTUP and MAINTENANCE for 12 min. Deadline 14 min, which keeps a request
     * signed once within the 15 minutes its signature lives.
     *
     * @param region a region's id
     * @return a builder to change or to build
     */
    public static Holdfast.Builder background(String region) {
        Service service = in(region);
        return Holdfast.background(service)
                .defaultDeadline(Duration.ofMinutes(14))
                .backoff(Pace.TRANSIENT, service.policy().backoff(Pace.TRANSIENT))
                .backoff(Pace.THROTTLE, Backoff.equalJitter(Duration.ofSeconds(10), Duration.ofSeconds(60)))
                .patience(Pace.STARTUP, Duration.ofMinutes(12))
                .patience(Pace.MAINTENANCE, Duration.ofMinutes(12));
    }

    private static boolean isOrder(String path) {
        return path.endsWith("/instances") || path.endsWith("/instances/batch-create");
    }
}
