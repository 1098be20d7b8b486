package dev.holdfast.ibm;

import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.service.ServiceClient;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;

/**
 * Collects the settings of a source of instance identity tokens, which metadata and exchange requests carry as Bearer. Not safe for several
 * threads.
 */
public final class IdentityTokens {
    private static final String NAME = "ibm/identity-token";
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final ServiceClient serviceClient;
    private Duration lifetime = Duration.ofMinutes(5);
    private LocalDate version = IdentityCalls.NEW_PATHS_SINCE;
    private boolean serveExpiredWhileUnavailable;

    IdentityTokens(ServiceClient serviceClient) {
        this.serviceClient = ServiceClient.of(IbmVpcMetadata.SERVICE, serviceClient);
    }

    /**
     * How long a token is good for; 5 min by default, as all of the vendor's SDKs ask for.
     *
     * @param value 5 s to 1 h, in whole seconds
     * @return this
     * @throws IllegalArgumentException if it is not within that
     */
    public IdentityTokens lifetime(Duration value) {
        if (value.compareTo(SHORTEST) < 0
                || value.compareTo(LONGEST) > 0
                || !value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("lifetime must be 5 s to 1 h in whole seconds, but is " + value);
        }
        lifetime = value;
        return this;
    }

    /**
     * The API's version date, which decides the path too: before 2025-08-26 it is {@code /instance_identity/v1/token}, from then on {@code
     * /identity/v1/token}. 2025-08-26 by default.
     *
     * @param date 2022-03-01 or later
     * @return this
     * @throws IllegalArgumentException if it is earlier
     */
    public IdentityTokens version(LocalDate date) {
        version = IdentityCalls.checked(date);
        return this;
    }

    /**
     * Sends an expired token while no other can be fetched; off by default.
     *
     * @return this
     */
    public IdentityTokens serveExpiredWhileUnavailable() {
        serveExpiredWhileUnavailable = true;
        return this;
    }

    /**
     * Makes the source, on the clock of the service client. It fetches nothing yet.
     *
     * @return a new source
     */
    public CachingCredentialSource build() {
        ServiceClient.Message put = ServiceClient.Message.of(
                        "PUT", IdentityCalls.url(serviceClient, version, "token", "token"))
                .header("Accept", "application/json")
                .body("{\"expires_in\":" + lifetime.toSeconds() + "}", "application/json");
        CachingCredentialSource.Builder source = CachingCredentialSource.builder(NAME, RequestSigner.bearer())
                .timeSource(serviceClient.timeSource())
                .random(serviceClient.random())
                .fetch(refused -> fetch(serviceClient, put));
        return (serveExpiredWhileUnavailable ? source.serveExpiredWhileUnavailable() : source).build();
    }

    private static CompletableFuture<Credential> fetch(ServiceClient serviceClient, ServiceClient.Message put) {
        return serviceClient.fetch(put, answer -> IdentityCalls.read(NAME, serviceClient, answer));
    }
}
