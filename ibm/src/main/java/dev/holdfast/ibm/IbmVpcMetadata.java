package dev.holdfast.ibm;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Rule;
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
 * The metadata and identity service of an IBM Cloud VPC instance, {@code ibm/vpc-metadata}, with its operations {@code metadata}, {@code token}
 * (create an instance identity token), {@code iam-token} (exchange it for an IAM token) and {@code certificate}. The identity calls are known under
 * their paths of before and after version 2025-08-26.
 *
 * <table>
 * <caption>The policy of {@link #SERVICE}, and where each number comes from</caption>
 * <tr><th>what</th><th>default</th><th>source</th></tr>
 * <tr><td>attempts</td><td>5</td><td>ibm-cloud-sdk-common README @e3d31ded: up to 4 retries (2026)</td></tr>
 * <tr><td>TRANSIENT</td><td>full jitter 1 s, cap 30 s: 0–1, 0–2, 0–4, 0–8 s</td><td>IBM/java-sdk-core RetryInterceptor @73c45c94: 1 s doubling, 30 s;
 * the jitter is added here</td></tr>
 * <tr><td>THROTTLE</td><td>equal jitter 1 s, cap 30 s: 0.5–1, 1–2, 2–4, 4–8 s</td><td>same</td></tr>
 * <tr><td>STARTUP</td><td>equal jitter 1 s, cap 10 s; patience 60 s</td><td>Holdfast's own: no document names one</td></tr>
 * <tr><td>MAINTENANCE</td><td>equal jitter 10 s: 5–10 s each; patience 90 s</td><td>Holdfast's own: "wait for the other job" without a number in
 * ibm-cloud-docs/vpc par-known-issues.md @3fdff6f6</td></tr>
 * <tr><td>deadline</td><td>120 s, unless you set one</td><td>longer than the patience</td></tr>
 * <tr><td>attempt timeout</td><td>10 s; {@code iam-token} and {@code certificate} 30 s; {@code token} 7 s, and two silent attempts at most</td>
 * <td>karpenter-provider-ibm-cloud @dd7e7284: 10 s; go-sdk-core 5.22.1 VPC authenticator: 30 s; with a {@code response_hop_limit} of 1, the default, a
 * container gets no response (ibm-cloud-docs/vpc instance_metadata_vpc_security_bp.md, 2026); 7 s is Holdfast's own</td></tr>
 * <tr><td>retry-after cap</td><td>60 s</td><td>Holdfast's own: IBM's README caps Retry-After at 30 s, its Java and Go code do not</td></tr>
 * </table>
 *
 * <p>A success of {@code token} or {@code iam-token} without a usable {@code access_token} counts as a failure and is repeated. {@code Metadata-Flavor:
 * ibm} is added where it is missing; a proxy is never used. A service that is switched off does not answer at all (vpc-identity API
 * reference, 2026), which a call knows after two connect timeouts of 2 s.
 */
public final class IbmVpcMetadata {
    static final Catalogue CATALOGUE =
            Catalogue.resource("ibm/vpc-metadata", () -> IbmVpcMetadata.class.getResourceAsStream("vpc-metadata.tsv"));

    private static final String NAME = "api.metadata.cloud.ibm.com";

    /**
     * The service of instances with {@code metadata_service.protocol=http}, the default, for {@code decide} and for a {@link Holdfast} of your own; it
     * needs no HTTP client.
     */
    public static final Service SERVICE =
            describe("http://169.254.169.254").hosts(NAME).build();

    // The address is in no certificate, so only the name serves here.
    private static final Service HTTPS = describe("https://" + NAME).build();

    private IbmVpcMetadata() {}

    /**
     * The service of instances with {@code metadata_service.protocol=https} ("secure access"): they serve nothing else, and at the name only.
     *
     * <p>For the presets, write {@code boot().endpoint(https().baseUrl())}.
     *
     * @return the same service at its other address
     */
    public static Service https() {
        return HTTPS;
    }

    /**
     * Wraps a client with the defaults, for instances with {@code protocol=http}.
     *
     * @param client your client; it is not changed
     * @return a factory of calls to the metadata service
     */
    public static Call.Factory wrap(OkHttpClient client) {
        return HoldfastOkHttp.wrap(client, Holdfast.of(SERVICE));
    }

    /**
     * Wraps a client with the defaults, for instances with {@code protocol=http}. Requests carry the instance's identity token.
     *
     * @param client your client; it is not changed
     * @return a factory of calls to the metadata service
     */
    public static Call.Factory withIdentityTokens(OkHttpClient client) {
        return HoldfastOkHttp.wrap(client, chain());
    }

    /**
     * The service with the instance's identity tokens, for any HTTP client.
     *
     * <p>For instances with {@code protocol=https}, write {@code chain().metadata(it -> it.endpoint(https().baseUrl())).service(it ->
     * it.endpoint(https().baseUrl()))}.
     *
     * @return the chain; an adapter's {@code wrap} takes it
     */
    public static Holdfast.Chain chain() {
        return Holdfast.chain(
                Holdfast.of(SERVICE),
                Holdfast.of(SERVICE),
                asked -> identityTokens(asked).build());
    }

    /**
     * The identity tokens of this instance, which metadata requests carry:
     *
     * <pre>{@code
     * ServiceClient bare = HoldfastOkHttp.serviceClient(client, Holdfast.of(IbmVpcMetadata.SERVICE));
     * CachingCredentialSource identity = IbmVpcMetadata.identityTokens(bare).build();
     * Holdfast metadata = Holdfast.builder(IbmVpcMetadata.SERVICE).credentials(identity).build();
     * }</pre>
     *
     * @param serviceClient makes calls of {@link #SERVICE} or of {@link #https}; whether it has credentials does not matter
     * @return a builder to change or to build
     * @throws IllegalArgumentException if it makes calls of another service
     */
    public static IdentityTokens identityTokens(ServiceClient serviceClient) {
        return new IdentityTokens(serviceClient);
    }

    /**
     * Tokens of IAM for the services behind it, in exchange for the instance's identity:
     *
     * <pre>{@code
     * CachingCredentialSource iam = IbmVpcMetadata.iamTokens(HoldfastOkHttp.serviceClient(client, metadata))
     *         .trustedProfileId("Profile-…")
     *         .build();
     * }</pre>
     *
     * @param serviceClient makes calls of {@link #SERVICE} or of {@link #https}, with {@link #identityTokens}
     * @return a builder to change or to build
     * @throws IllegalArgumentException if it makes calls of another service or without credentials
     */
    public static IamTokens iamTokens(ServiceClient serviceClient) {
        return new IamTokens(serviceClient);
    }

    /**
     * For an agent that starts before the network does. Nobody answering counts as STARTUP, and so does a trusted profile that is not linked yet: the
     * link is made in IAM and reaches the VPC later (inferred; outside boot it is a failure).
     *
     * <p>Waits: STARTUP 0.5–1, 1–2, 2–4, 2.5–5 s and so on, for 180 s; TRANSIENT 0–1, 0–2, 0–4, 0–8, 0–16, 0–30 s and so on
     * (8 attempts). Deadline 5 min.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder boot() {
        return Holdfast.boot(
                        SERVICE,
                        "Nobody answers: check that metadata_service is enabled (and the instance was stopped and started after that), that http or https fits its protocol, response_hop_limit in containers, the host route on Windows, and firewall rules by user.")
                .backoff(Pace.STARTUP, Backoff.equalJitter(Duration.ofSeconds(1), Duration.ofSeconds(5)))
                .rule(
                        "boot-profile-not-linked",
                        Rule.on(400)
                                .code("profile_not_linked")
                                .notProcessed()
                                .advice(
                                        "The instance is not linked to the trusted profile yet; if it stays so after boot, link it in IAM.")
                                .retry(ErrorKind.NOT_READY, Pace.STARTUP));
    }

    /**
     * For a person who waits. What is being started or changed is reported at once instead of being waited for.
     *
     * <p>Waits: TRANSIENT 0–1, 0–2 s (3 attempts). Deadline 15 s; each attempt ends with it.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder interactive() {
        return Holdfast.interactive(SERVICE);
    }

    /**
     * For work that nobody waits for: slower and more patient.
     *
     * <p>Waits: TRANSIENT and THROTTLE 2.5–5, 5–10, 10–20, 20–40, 30–60, 30–60, 30–60 s (8 attempts); STARTUP and MAINTENANCE for 5 min. Deadline
     * 10 min, retry-after up to 5 min.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder background() {
        return Holdfast.background(SERVICE)
                .patience(Pace.STARTUP, Duration.ofMinutes(5))
                .patience(Pace.MAINTENANCE, Duration.ofMinutes(5));
    }

    private static Service.Builder describe(String baseUrl) {
        return Service.builder("ibm/vpc-metadata")
                .credentialsBy("IbmVpcMetadata.withIdentityTokens(client)")
                .probePath("/metadata/v1/instance?version=" + IdentityCalls.NEW_PATHS_SINCE)
                .baseUrl(baseUrl)
                .linkLocal()
                .requiredHeader("Metadata-Flavor", "ibm")
                .requestIdHeaders(
                        "X-Request-Id", "Transaction-Id", "X-Global-Transaction-Id", "X-Correlation-Id", "CF-RAY")
                .operation(Operation.named("metadata")
                        .path("/metadata/v1")
                        .methods("GET")
                        .retrySafety(RetrySafety.ALWAYS))
                // A container's hop limit loses the response and not the request: two silent attempts tell it.
                .operation(identity("token", "PUT", "token")
                        .inspectSuccess()
                        .withoutCredentials()
                        .attemptTimeout(Duration.ofSeconds(7))
                        .mostTimeouts(2))
                .operation(
                        identity("iam-token", "POST", "iam_tokens", "iam_token").inspectSuccess())
                .operation(identity("certificate", "POST", "certificates"))
                .dialect(new VpcDialect())
                .catalogue(CATALOGUE)
                .policy(RetryPolicy.builder()
                        .maxAttempts(5)
                        .defaultDeadline(Duration.ofSeconds(120))
                        .backoff(Pace.TRANSIENT, Backoff.fullJitter(Duration.ofSeconds(1), Duration.ofSeconds(30)))
                        .backoff(Pace.THROTTLE, Backoff.equalJitter(Duration.ofSeconds(1), Duration.ofSeconds(30)))
                        .build());
    }

    /** Safe, all of them: none leaves anything that lasts, and a second certificate is as good as the first. */
    private static Operation.Builder identity(String id, String method, String... names) {
        return Operation.named(id)
                .methods(method)
                .when(request -> VpcTokens.isIdentityPath(request.path(), names))
                .retrySafety(RetrySafety.ALWAYS)
                .category("identity")
                .attemptTimeout(Duration.ofSeconds(30));
    }
}
