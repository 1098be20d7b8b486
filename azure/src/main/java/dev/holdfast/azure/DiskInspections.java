package dev.holdfast.azure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.ServiceClient;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Inspections of disks as one call each: begun, then asked for at {@code Location} until they have ended. Every request of it is a resilient
 * call of its own, with its own deadline; a token that expires in between is renewed. Immutable and safe for several threads.
 *
 * <p>{@code Location} is followed to the service's own hosts only, because the token goes with it. What {@code Retry-After} says is waited for, but at
 * least 1 s and at most the policy's retry-after cap; 10 s where it says nothing. After the limit, 1 h at first, nobody asks any more: the inspection
 * itself may still go on.
 */
public final class DiskInspections {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final String VERSION = "2024-03-01-preview";

    private final ServiceClient serviceClient;
    private final String base;
    private final Duration limit;

    private DiskInspections(ServiceClient serviceClient, String base, Duration limit) {
        this.serviceClient = serviceClient;
        this.base = base;
        this.limit = limit;
    }

    static DiskInspections of(ServiceClient serviceClient, String subscription, String location) {
        ServiceClient arm = ServiceClient.of(AzureVmInspector.SERVICE, serviceClient);
        if (!arm.hasCredentials()) {
            throw new IllegalArgumentException(
                    "serviceClient must carry tokens of Resource Manager, but has no credentials; build its Holdfast with .credentials(AzureImds.managedIdentity(…).build())");
        }
        return new DiskInspections(
                arm,
                "/subscriptions/" + segment("subscription", subscription) + "/providers/Microsoft.Compute/locations/"
                        + segment("location", location) + "/diagnostics/diskInspection",
                Duration.ofHours(1));
    }

    /**
     * The same with another limit.
     *
     * @param value how long results are asked for, above zero
     * @return a copy
     * @throws IllegalArgumentException if not above zero
     */
    public DiskInspections withLimit(Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("limit must be above zero, but is " + value);
        }
        return new DiskInspections(serviceClient, base, value);
    }

    /**
     * Inspects a VM's OS disk. It is begun anew only where surely none was begun.
     *
     * @param virtualMachine the VM's resource id
     * @param manifest what to collect, such as {@code diagnostic}
     * @param uploadSas the SAS address of the blob that the result goes to, a zip file; valid for as long as it may take
     * @return completes with the final answer; exceptionally with a {@link dev.holdfast.core.outcome.ServiceException} where the inspection failed, which comes
     *     with status 200, or could not be begun or asked for; with another {@link IOException} where there was no answer, or none in time.
     *     Cancelling it stops the asking
     */
    public CompletableFuture<ResponseView> run(String virtualMachine, String manifest, Secret uploadSas) {
        return new LongRun(serviceClient, limit)
                .begin(ServiceClient.Message.of("POST", serviceClient.url(base + "/run?api-version=" + VERSION))
                        .body(body(virtualMachine, manifest, uploadSas), "application/json"));
    }

    /**
     * Waits for an inspection that was begun before, by this process or another.
     *
     * @param location what {@code Location} said
     * @return as {@link #run}
     * @throws IllegalArgumentException if it is not a whole address of http or https
     */
    public CompletableFuture<ResponseView> await(URI location) {
        if (!LongRun.isAddress(Objects.requireNonNull(location, "location must not be null"))) {
            throw new IllegalArgumentException(
                    "location must be an address of http or https with a host, but its scheme is "
                            + location.getScheme() + " and its host " + location.getHost());
        }
        return new LongRun(serviceClient, limit).follow(location);
    }

    private static String body(String virtualMachine, String manifest, Secret uploadSas) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("resourceId", virtualMachine);
            json.writeStringField("manifest", manifest);
            json.writeStringField("uploadSasUri", uploadSas.value());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String segment(String argument, String value) {
        if (!SEGMENT.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    argument + " must be letters, digits and hyphens, but is \"" + value + "\"");
        }
        return value;
    }
}
