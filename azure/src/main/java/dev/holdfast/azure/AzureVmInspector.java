package dev.holdfast.azure;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.time.Duration;
import java.util.Locale;
import okhttp3.Call;
import okhttp3.OkHttpClient;

/**
 * Azure's VM Inspector behind Resource Manager, {@code azure/vm-inspector} (diagnostic.json 2021-06-01-preview to 2025-02-01-preview), with its
 * operations {@code run} (starts an inspection; repeated only where surely none was started), {@code operation} (asks for its result), {@code
 * register} and {@code validate} (the storage account; the same twice is the same once) and {@code list}.
 *
 * <table>
 * <caption>The policy of {@link #SERVICE}, and where each number comes from</caption>
 * <tr><th>what</th><th>default</th><th>source</th></tr>
 * <tr><td>attempts</td><td>4</td><td>azure-core RetryPolicy: 3 retries (1.57.0)</td></tr>
 * <tr><td>TRANSIENT, THROTTLE</td><td>equal jitter 2 s, cap 60 s: 1–2, 2–4, 4–8 s</td><td>azure-core: from 0.8 s, cap 8 s; ARM wants a minimum of 1 s
 * even where it says 0 (azure-metrics-exporter#36); retry-after come first</td></tr>
 * <tr><td>retry-after cap</td><td>120 s</td><td>the specification's own example, Retry-After: 120000 (2024-03-01-preview)</td></tr>
 * <tr><td>deadline</td><td>300 s, unless you set one</td><td>four attempts and their waits, or two retry-after</td></tr>
 * <tr><td>attempt timeout</td><td>60 s</td><td>azure-core HttpUtils: response 60 s (2026)</td></tr>
 * </table>
 *
 * <p>A finished {@code operation} is looked into: a failed inspection comes with status 200. Asking again cannot change it, so it is always a failure.
 * {@code Retry-After} above 3600 is read as milliseconds. Requests, and the token with them, go to the origins of one cloud only: in the public one to {@code
 * management.azure.com} and {@code *.diagnostic.compute.azure.com}, which is where {@code Location} points; see {@link #in(String)} for the others.
 */
public final class AzureVmInspector {
    private static final Catalogue CATALOGUE = Catalogue.resource(
            "azure/vm-inspector", () -> AzureVmInspector.class.getResourceAsStream("vm-inspector.tsv"));

    /**
     * The service in the public cloud, for {@code decide} and for a {@link Holdfast} of your own; it needs no HTTP client. In another cloud
     * use {@link #in(String)}.
     */
    public static final Service SERVICE = at(AzureClouds.PUBLIC);

    private AzureVmInspector() {}

    /**
     * The service of a cloud. Its hosts, and where they are documented:
     *
     * <table>
     * <caption>Origins by cloud</caption>
     * <tr><th>cloud</th><th>Resource Manager</th><th>where {@code Location} may point besides</th></tr>
     * <tr><td>{@code AzurePublicCloud}, {@code AzureCloud}</td><td>{@code management.azure.com}</td><td>{@code *.diagnostic.compute.azure.com}
     * (azure-rest-api-specs diagnostic.json, example, 2024-03-01-preview)</td></tr>
     * <tr><td>{@code AzureUSGovernmentCloud}, {@code AzureUSGovernment}</td><td>{@code management.usgovcloudapi.net} (azure-docs,
     * services-support-managed-identities)</td><td>not documented</td></tr>
     * <tr><td>{@code AzureChinaCloud}</td><td>{@code management.chinacloudapi.cn} (same)</td><td>not documented</td></tr>
     * </table>
     *
     * <p>Where a {@code Location} of another cloud is refused, name its host: {@code
     * Holdfast.builder(in(cloud)).endpoint(in(cloud).baseUrl(), "HOST")}. For an Azure Stack, give {@code endpoint} its own address. A token must be
     * asked for with the same cloud's Resource Manager as its resource.
     *
     * @param cloud what IMDS says in {@code compute.azEnvironment}, or the name that the Azure CLI has for it
     * @return the service
     * @throws IllegalArgumentException if no cloud has that name, or the cloud was closed
     */
    public static Service in(String cloud) {
        return at(AzureClouds.named(cloud));
    }

    private static Service at(AzureClouds cloud) {
        return Service.builder("azure/vm-inspector")
                .credentialsBy("AzureVmInspector.byManagedIdentity(client)")
                .baseUrl("https://" + cloud.manager())
                .hosts(cloud.further().toArray(String[]::new))
                .requestIdHeaders(
                        "x-ms-request-id",
                        "x-ms-correlation-request-id",
                        "x-ms-routing-request-id",
                        // No id, but support asks for it first: gateway is Resource Manager itself, service is what is
                        // behind it.
                        "x-ms-failure-cause")
                .operation(Operation.named("run")
                        .methods("POST")
                        .when(request -> endsWith(request, "/diagnostics/diskinspection/run"))
                        .retrySafety(RetrySafety.IF_NOT_PROCESSED)
                        .category("write"))
                .operation(Operation.named("operation")
                        .methods("GET")
                        .when(request -> path(request).contains("/diagnosticoperations/"))
                        .retrySafety(RetrySafety.ALWAYS)
                        .category("read")
                        .inspectSuccess())
                .operation(Operation.named("register")
                        .methods("POST")
                        .when(request -> endsWith(request, "/diagnostics/diskinspection/registerstorageconfiguration"))
                        .retrySafety(RetrySafety.ALWAYS)
                        .category("write"))
                .operation(Operation.named("validate")
                        .methods("POST")
                        .when(request -> endsWith(request, "/diagnostics/diskinspection/validatestorageconfiguration"))
                        .retrySafety(RetrySafety.ALWAYS)
                        .category("write"))
                .operation(Operation.named("list")
                        .methods("GET")
                        .when(request ->
                                endsWith(request, "/diagnostics") || endsWith(request, "/diagnostics/diskinspection"))
                        .retrySafety(RetrySafety.ALWAYS)
                        .category("read"))
                .dialect(new ArmDialect())
                .catalogue(CATALOGUE)
                .policy(RetryPolicy.builder()
                        .maxAttempts(4)
                        .defaultDeadline(Duration.ofSeconds(300))
                        .attemptTimeout(Duration.ofSeconds(60))
                        .backoff(Pace.TRANSIENT, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(60)))
                        .backoff(Pace.THROTTLE, Backoff.equalJitter(Duration.ofSeconds(2), Duration.ofSeconds(60)))
                        .maxRetryAfter(Duration.ofSeconds(120))
                        .build())
                .build();
    }

    private static String path(RequestView request) {
        return request.path().toLowerCase(Locale.ROOT);
    }

    private static boolean endsWith(RequestView request, String end) {
        return path(request).endsWith(end);
    }

    /**
     * Wraps a client with the defaults.
     *
     * @param client your client; it is not changed
     * @return a factory of calls to VM Inspector
     */
    public static Call.Factory wrap(OkHttpClient client) {
        return HoldfastOkHttp.wrap(client, Holdfast.of(SERVICE));
    }

    /**
     * Wraps a client with the defaults, for the public cloud. Requests carry a token of the VM's managed identity.
     *
     * @param client your client; it is not changed
     * @return a factory of calls to VM Inspector
     */
    public static Call.Factory byManagedIdentity(OkHttpClient client) {
        return HoldfastOkHttp.wrap(client, chain("AzurePublicCloud"));
    }

    /**
     * The service of a cloud with the VM's managed identity, for any HTTP client. The token is asked for with that cloud's Resource Manager as its resource.
     *
     * @param cloud as for {@link #in(String)}
     * @return the chain; an adapter's {@code wrap} takes it
     * @throws IllegalArgumentException if no cloud has that name, or the cloud was closed
     */
    public static Holdfast.Chain chain(String cloud) {
        Service service = in(cloud);
        return Holdfast.chain(
                Holdfast.of(AzureImds.SERVICE),
                Holdfast.of(service),
                asked -> AzureImds.managedIdentity(asked, service.baseUrl() + "/")
                        .build());
    }

    /**
     * Inspections of disks as one call each: begun and asked for until they have ended.
     *
     * <pre>{@code
     * ServiceClient imds = HoldfastOkHttp.serviceClient(client, Holdfast.of(AzureImds.SERVICE));
     * CachingCredentialSource tokens = AzureImds.managedIdentity(imds, "https://management.azure.com/").build();
     * ServiceClient arm = HoldfastOkHttp.serviceClient(client, Holdfast.builder(AzureVmInspector.SERVICE).credentials(tokens).build());
     * CompletableFuture<Answer> result = AzureVmInspector.inspections(arm, subscription, "westeurope").run(vm, "diagnostic", sas);
     * }</pre>
     *
     * @param serviceClient makes calls of {@link #SERVICE}, with credentials
     * @param subscription the subscription's id
     * @param location the region's name
     * @return what begins inspections
     * @throws IllegalArgumentException if the service client makes calls of another service, or a name cannot be one
     */
    public static DiskInspections inspections(ServiceClient serviceClient, String subscription, String location) {
        return DiskInspections.of(serviceClient, subscription, location);
    }

    /**
     * For a person who waits.
     *
     * <p>Waits: TRANSIENT and THROTTLE 1–2, 2–4 s (3 attempts). Deadline 30 s, attempt timeout 15 s, retry-after up to 10 s.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder interactive() {
        return Holdfast.interactive(SERVICE)
                .deadline(Duration.ofSeconds(30))
                .attemptTimeout(Duration.ofSeconds(15))
                .maxRetryAfter(Duration.ofSeconds(10));
    }

    /**
     * For work that nobody waits for. It waits out what the Compute provider asks for when it throttles, 20 minutes in its documentation's example.
     *
     * <p>Waits: TRANSIENT and THROTTLE 2.5–5, 5–10, 10–20, 20–40, 30–60 s and so on (8 attempts). Deadline 60 min, retry-after up to 25 min.
     *
     * @return a builder to change or to build
     */
    public static Holdfast.Builder background() {
        return Holdfast.background(SERVICE)
                .defaultDeadline(Duration.ofMinutes(60))
                .maxRetryAfter(Duration.ofMinutes(25));
    }
}
