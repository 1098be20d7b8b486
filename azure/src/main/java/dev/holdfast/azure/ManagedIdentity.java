package dev.holdfast.azure;

import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialDocument;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.service.ServiceClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    /** HIMDS's own version (AzureArc.ts, msal-node 5.0.6). */
    private static final String ARC_PATH = "/metadata/identity/oauth2/token?api-version=2019-11-01&resource=";

    private static final Members MEMBERS = Members.of("access_token", "expires_in", "expires_on");

    private final ServiceClient serviceClient;
    private final String resource;
    private @Nullable String identity;
    private boolean serveExpiredWhileUnavailable;
    private @Nullable ArcChallenge arc;

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
     * Asks the agent of Azure Arc instead of IMDS: make {@code serviceClient} of {@link AzureImds#arc}. The agent answers the first request with the name of a
     * key file. The file is read from the agent's own folder alone, {@code /var/opt/azcmagent/tokens} or {@code
     * %ProgramData%\\AzureConnectedMachineAgent\\Tokens}; its content goes into the second request (microsoft-authentication-library-for-js, AzureArc.ts, 2026-03).
     *
     * @return this
     */
    public ManagedIdentity onAzureArc() {
        arc = ArcChallenge.ofThisMachine();
        return this;
    }

    /** For tests: the agent's folder is elsewhere. */
    ManagedIdentity onAzureArc(Path folder) {
        arc = new ArcChallenge(folder);
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
        String target = (arc == null ? PATH : ARC_PATH) + encoded(resource) + (identity == null ? "" : identity);
        CachingCredentialSource.Builder source = CachingCredentialSource.builder(NAME, RequestSigner.bearer())
                .timeSource(serviceClient.timeSource())
                .random(serviceClient.random())
                .fetch(new Tokens(serviceClient, target, arc));
        return (serveExpiredWhileUnavailable ? source.serveExpiredWhileUnavailable() : source).build();
    }

    /** IMDS answers from a cache and counts {@code expires_in} from the time of issuance, so the least of all counts (Azure/azure-sdk-for-js#6643). */
    private static Credential read(CredentialDocument said) {
        return said.token("access_token", said.lifetime("access_token", "expires_in", "expires_on"));
    }

    /** The fetches of one identity's tokens. */
    private record Tokens(
            ServiceClient serviceClient,
            String target,
            @Nullable ArcChallenge arc) implements CredentialFetch {
        @Override
        public CompletableFuture<Credential> fetch(@Nullable Credential refused) {
            return refused == null ? get(target) : fetchPastCaches();
        }

        @Override
        public CompletableFuture<Credential> fetchPastCaches() {
            return get(target + "&bypass_cache=true");
        }

        private CompletableFuture<Credential> get(String from) {
            ServiceClient.Message get = ServiceClient.Message.of("GET", serviceClient.url(from));
            if (arc == null) {
                return ask(get);
            }
            return ask(get).exceptionallyCompose(thrown -> challenged(get, arc, thrown));
        }

        /** Answers the agent's challenge. The key is new for each request, so it is read each time. */
        private CompletableFuture<Credential> challenged(
                ServiceClient.Message get, ArcChallenge challenge, Throwable thrown) {
            String file = ArcChallenge.named(thrown);
            if (file == null) {
                return CompletableFuture.failedFuture(thrown);
            }
            try {
                return ask(get.header("Authorization", "Basic " + challenge.key(file)));
            } catch (CredentialException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private CompletableFuture<Credential> ask(ServiceClient.Message get) {
            return serviceClient.fetch(
                    get,
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
