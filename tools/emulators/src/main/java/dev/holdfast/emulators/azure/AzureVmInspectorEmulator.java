package dev.holdfast.emulators.azure;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.HttpEmulator;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * Azure's VM Inspector behind Resource Manager on the loopback address: tokens are checked as Resource Manager does; {@code run} begins an
 * inspection, {@code Location} says where its result is asked for.
 *
 * <p>It accepts the tokens that it issues itself under IMDS's token path, so that one process is enough for an agent of any language; or
 * those of an {@link AzureImdsEmulator}, see {@link #trusting}.
 */
public final class AzureVmInspectorEmulator extends HttpEmulator<AzureVmInspectorEmulator> {
    private final InspectorService service;
    private final Inspections inspections;

    /** An emulator on the machine's clock, not started. */
    public AzureVmInspectorEmulator() {
        this(TimeSource.system());
    }

    /**
     * An emulator, not started.
     *
     * @param clock the clock of tokens, inspections, scenarios and the {@code Date} header
     */
    public AzureVmInspectorEmulator(TimeSource clock) {
        this(clock, new Inspections(clock));
    }

    private AzureVmInspectorEmulator(TimeSource clock, Inspections inspections) {
        this(clock, inspections, new InspectorService(clock, inspections));
    }

    private AzureVmInspectorEmulator(TimeSource clock, Inspections inspections, InspectorService service) {
        super(clock, service);
        this.service = service;
        this.inspections = inspections;
    }

    /**
     * From now on it accepts the tokens of another emulator and no others.
     *
     * @param imds who issues them
     * @return this
     */
    public AzureVmInspectorEmulator trusting(AzureImdsEmulator imds) {
        service.trust(imds.tokens());
        return this;
    }

    /**
     * From now on tokens that were issued before this call are refused with a claims challenge.
     *
     * @param claims what a client is to ask for, JSON
     * @param urlSafe whether it comes in the URL-safe alphabet of base64 and without padding; both are met
     * @return this
     */
    public AzureVmInspectorEmulator demandClaims(String claims, boolean urlSafe) {
        service.demand(Objects.requireNonNull(claims, "claims must not be null"), urlSafe);
        return this;
    }

    /**
     * How often a result is asked for in vain.
     *
     * @param count 0 or more; 2 at first
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public AzureVmInspectorEmulator pollsInVain(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must be 0 or more, but is " + count);
        }
        inspections.lastFor(count);
        return this;
    }

    /**
     * From now on inspections fail: a finished one says so with status 200.
     *
     * @param code the error's code
     * @param message its sentence
     * @return this
     */
    public AzureVmInspectorEmulator failing(String code, String message) {
        inspections.failWith(
                Objects.requireNonNull(code, "code must not be null"),
                Objects.requireNonNull(message, "message must not be null"));
        return this;
    }

    /**
     * When to come back for a result.
     *
     * @param value the header's value, sent as it is; 5 at first
     * @return this
     */
    public AzureVmInspectorEmulator retryAfter(String value) {
        service.retryAfter(Objects.requireNonNull(value, "value must not be null"));
        return this;
    }

    /**
     * Where a result is asked for; at this emulator at first. The real one names a host of its own, such as
     * {@code https://westeurope.diagnostic.compute.azure.com}.
     *
     * @param base scheme, host and port
     * @return this
     */
    public AzureVmInspectorEmulator locationAt(URI base) {
        service.pollAt(Objects.requireNonNull(base, "base must not be null"));
        return this;
    }

    /**
     * From now on the tokens that it accepted have expired.
     *
     * @return this
     */
    public AzureVmInspectorEmulator expireTokens() {
        service.expireCredentials();
        return this;
    }

    /**
     * How many inspections were begun.
     *
     * @return the number since the start
     */
    public int inspections() {
        return inspections.started();
    }

    @Override
    public List<String> examples() {
        String base = url()
                + "/subscriptions/8d10da13-8125-4ba9-a717-bf7490507b3d/providers/Microsoft.Compute/locations/westeurope";
        return List.of(
                "token=$(curl -s -H 'Metadata: true' '" + url()
                        + "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F' | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')",
                "curl -s -i -H \"Authorization: Bearer $token\" '" + base
                        + "/diagnostics?api-version=2024-03-01-preview'",
                "# Location says where to ask for the result:",
                "curl -s -i -X POST -H \"Authorization: Bearer $token\" -H 'Content-Type: application/json' '" + base
                        + "/diagnostics/diskInspection/run?api-version=2024-03-01-preview' -d '{\"resourceId\": \"/subscriptions/8d10da13-8125-4ba9-a717-bf7490507b3d/resourceGroups/holdfast/providers/Microsoft.Compute/virtualMachines/agent-vm-0\", \"manifest\": \"diagnostic\", \"uploadSasUri\": \"https://account.blob.core.windows.net/logs/out.zip?sp=rw&sr=b&se=2199-01-01T00:00:00Z&sig=emulated\"}'");
    }

    @Override
    protected AzureVmInspectorEmulator self() {
        return this;
    }
}
