package dev.holdfast.azure;

import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialDocument;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.service.ServiceClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a source of a managed identity's tokens, which Resource Manager and other services want as Bearer. The VM's own
 * identity, unless another is named. Not safe for several threads.
 *
 * <p>IMDS goes on to hand out a token that somebody has refused, so the fetch after a refusal, or after {@link
 * CachingCredentialSource#invalidate}, asks it with {@code bypass_cache=true}.
 */
public final class ManagedIdentity {
    private static final String NAME = "azure/managed-identity";
    private static final String PATH = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=";

    private static final Members MEMBERS = Members.of("access_token", "expires_in", "expires_on");

    private final ServiceClient serviceClient;
    private final String resource;
    private @Nullable String identity;
    private boolean serveExpiredWhileUnavailable;

    ManagedIdentity(ServiceClient serviceClient, String resource) {
        this.serviceClient = ServiceClient.of(AzureImds.SERVICE, serviceClient);
        this.resource = checked("resource", resource);
    }

    /**
     * The user-assigned identity of this client id.
     *
     * @param id the client id
     * @return this
     * @throws IllegalArgumentException if blank
     * @throws IllegalStateException if an identity is named already
     */
    public ManagedIdentity clientId(String id) {
        return named("client_id", checked("clientId", id));
    }

    /**
     * The user-assigned identity of this object id.
     *
     * @param id the object id
     * @return this
     * @throws IllegalArgumentException if blank
     * @throws IllegalStateException if an identity is named already
     */
    public ManagedIdentity objectId(String id) {
        return named("object_id", checked("objectId", id));
    }

    /**
     * The user-assigned identity of this resource id.
     *
     * @param id the resource id, {@code /subscriptions/…/userAssignedIdentities/…}
     * @return this
     * @throws IllegalArgumentException if it does not begin with a slash
     * @throws IllegalStateException if an identity is named already
     */
    public ManagedIdentity resourceId(String id) {
        if (!id.startsWith("/")) {
            throw new IllegalArgumentException("resourceId must begin with a slash, but is \"" + id + "\"");
        }
        return named("msi_res_id", id);
    }

    private ManagedIdentity named(String parameter, String id) {
        if (identity != null) {
            throw new IllegalStateException("identity must be named once, by client, object or resource id");
        }
        identity = "&" + parameter + "=" + encoded(id);
        return this;
    }

    /**
     * Sends an expired token while no other can be fetched; off by default.
     *
     * @return this
     */
    public ManagedIdentity serveExpiredWhileUnavailable() {
        serveExpiredWhileUnavailable = true;
        return this;
    }

    /**
     * Makes the source, on the clock of the service client. It fetches nothing yet.
     *
     * @return a new source
     */
    public CachingCredentialSource build() {
        String target = PATH + encoded(resource) + (identity == null ? "" : identity);
        CachingCredentialSource.Builder source = CachingCredentialSource.builder(NAME, RequestSigner.bearer())
                .timeSource(serviceClient.timeSource())
                .random(serviceClient.random())
                .fetch(new Tokens(serviceClient, target));
        return (serveExpiredWhileUnavailable ? source.serveExpiredWhileUnavailable() : source).build();
    }

    /** IMDS answers from a cache and counts {@code expires_in} from the time of issuance, so the least of all counts (Azure/azure-sdk-for-js#6643). */
    private static Credential read(CredentialDocument said) {
        return said.token("access_token", said.lifetime("access_token", "expires_in", "expires_on"));
    }

    /** The fetches of one identity's tokens. */
    private record Tokens(ServiceClient serviceClient, String target) implements CredentialFetch {
        @Override
        public CompletableFuture<Credential> fetch(@Nullable Credential refused) {
            return refused == null ? get(target) : fetchPastCaches();
        }

        @Override
        public CompletableFuture<Credential> fetchPastCaches() {
            return get(target + "&bypass_cache=true");
        }

        private CompletableFuture<Credential> get(String from) {
            return serviceClient.fetch(
                    ServiceClient.Message.of("GET", serviceClient.url(from)),
                    answer -> CredentialDocument.read(
                            NAME,
                            "a usable token",
                            answer,
                            serviceClient.timeSource().now(),
                            MEMBERS,
                            ManagedIdentity::read));
        }
    }

    private static String checked(String argument, String value) {
        if (Objects.requireNonNull(value, argument + " must not be null").isBlank()) {
            throw new IllegalArgumentException(argument + " must not be blank");
        }
        return value;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
