package dev.holdfast.emulators.azure;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.HttpEmulator;
import java.time.Duration;
import java.util.List;

/**
 * The Azure Instance Metadata Service on the loopback address. It checks headers, verbs and versions, answers each path with a realistic
 * document, keeps the real one's limits and plays scenarios:
 *
 * <pre>{@code
 * try (AzureImdsEmulator imds = new AzureImdsEmulator().start()) {
 *     imds.play(Scenario.throttle(2).then(Scenario.updating(Duration.ofSeconds(20))));
 *     Holdfast holdfast = Holdfast.builder(AzureImds.SERVICE).endpoint(imds.url()).build();
 *     ...
 * }
 * }</pre>
 *
 * <p>It must share its clock with the calls: with a {@link dev.holdfast.core.time.VirtualTime} of the calls alone, a maintenance would go on
 * for real. Between its calls a test with a virtual clock takes no time at all, so that its sixth call within a moment is throttled as the
 * real service would throttle it; {@link #withoutLimits()} is for tests that mean something else.
 *
 * <p>Its tokens are signed by a key of this object alone, and {@link AzureVmInspectorEmulator#trusting} checks them.
 */
public final class AzureImdsEmulator extends HttpEmulator<AzureImdsEmulator> {
    /** The client id of the user-assigned identity. */
    public static final String CLIENT_ID = "5f1c2e0a-6d3b-4c8e-9a57-0b1d2c3e4f50";
    /** The object id of the user-assigned identity. */
    public static final String OBJECT_ID = "7b9d4e21-0c5f-4f6a-8e13-2a3b4c5d6e70";
    /** The tenant of both identities. */
    public static final String TENANT_ID = "0e8d7c6b-5a49-4838-9271-60514f3e2d1c";
    /** The resource id of the user-assigned identity. */
    public static final String IDENTITY_RESOURCE_ID =
            "/subscriptions/8d10da13-8125-4ba9-a717-bf7490507b3d/resourceGroups/holdfast"
                    + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/agent";

    /** The client id of the VM's own, system-assigned identity. */
    public static final String SYSTEM_CLIENT_ID = "1a2b3c4d-5e6f-4708-9182-93a4b5c6d7e8";
    /** The object id of the VM's own, system-assigned identity. */
    public static final String SYSTEM_OBJECT_ID = "2b3c4d5e-6f70-4819-a293-a4b5c6d7e8f9";

    private final ImdsLimits limits;
    private final Tokens tokens;
    private final ImdsService service;

    /** An emulator on the machine's clock, not started. */
    public AzureImdsEmulator() {
        this(TimeSource.system());
    }

    /**
     * An emulator, not started.
     *
     * @param clock the clock of limits, scenarios, tokens and the {@code Date} header
     */
    public AzureImdsEmulator(TimeSource clock) {
        this(clock, new ImdsLimits(clock), new Tokens(clock));
    }

    private AzureImdsEmulator(TimeSource clock, ImdsLimits limits, Tokens tokens) {
        this(clock, limits, tokens, new ImdsService(limits, tokens));
    }

    private AzureImdsEmulator(TimeSource clock, ImdsLimits limits, Tokens tokens, ImdsService service) {
        super(clock, service);
        this.limits = limits;
        this.tokens = tokens;
        this.service = service;
    }

    /**
     * From now on the VM is not behind a load balancer: its metadata is a 404.
     *
     * @return this
     */
    public AzureImdsEmulator withoutLoadBalancer() {
        service.takeFromLoadBalancer();
        return this;
    }

    /**
     * From now on any number of requests is answered. Scenarios still throttle.
     *
     * @return this
     */
    public AzureImdsEmulator withoutLimits() {
        limits.switchOff();
        return this;
    }

    /**
     * From now on tokens last for another time than a day.
     *
     * @param lifetime above zero
     * @return this
     * @throws IllegalArgumentException if not above zero
     */
    public AzureImdsEmulator tokenLifetime(Duration lifetime) {
        if (lifetime.isZero() || lifetime.isNegative()) {
            throw new IllegalArgumentException("lifetime must be above zero, but is " + lifetime);
        }
        tokens.lastFor(lifetime);
        return this;
    }

    /**
     * From now on the VM has no identity any more.
     *
     * @return this
     */
    public AzureImdsEmulator withoutIdentity() {
        tokens.unassign();
        return this;
    }

    /**
     * Whoever accepts its tokens finds from now on that those issued so far have expired. It does not know that itself, as the real one does
     * not: without {@code bypass_cache=true} it goes on to hand them out.
     *
     * @return this
     */
    public AzureImdsEmulator expireTokens() {
        tokens.press().expireAll();
        return this;
    }

    Tokens tokens() {
        return tokens;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "curl -s -H 'Metadata: true' '" + url() + "/metadata/instance?api-version=2021-02-01'",
                "curl -s -H 'Metadata: true' '" + url()
                        + "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F'",
                "# A request without the header is refused:",
                "curl -s -i '" + url() + "/metadata/versions'");
    }

    @Override
    protected AzureImdsEmulator self() {
        return this;
    }
}
