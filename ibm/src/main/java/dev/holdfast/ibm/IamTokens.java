package dev.holdfast.ibm;

import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.service.ServiceClient;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Collects the settings of a source of IAM tokens, which IAM-enabled services want as Bearer: identity tokens, exchanged for them. A refusal of the
 * exchange renews the identity token, a refusal of the service renews the IAM token. Not safe for several threads.
 */
public final class IamTokens {
    private static final String NAME = "ibm/iam-token";

    /** What is written into JSON needs no escapes then. */
    private static final Pattern PROFILE_NAME = Pattern.compile("[^\\p{Cntrl}\"\\\\]{1,255}");

    /** Ids and CRNs have no others. */
    private static final Pattern SELECTOR = Pattern.compile("[A-Za-z0-9:/._~%+@=-]{1,512}");

    private final ServiceClient serviceClient;
    private LocalDate version = IdentityCalls.NEW_PATHS_SINCE;
    private String body = "{}";
    private boolean serveExpiredWhileUnavailable;

    IamTokens(ServiceClient serviceClient) {
        this.serviceClient = ServiceClient.of(IbmVpcMetadata.SERVICE, serviceClient);
        if (!serviceClient.hasCredentials()) {
            throw new IllegalArgumentException(
                    "serviceClient must carry identity tokens, but has no credentials; build its holdfast with .credentials(IbmVpcMetadata.identityTokens(…).build())");
        }
    }

    /**
     * Which trusted profile to assume, by its id; the instance's default profile unless one is named.
     *
     * @param id such as {@code Profile-9fd84246-7df4-4667-94e4-8ecde51d5ac5}
     * @return this
     * @throws IllegalArgumentException if it cannot be one
     */
    public IamTokens trustedProfileId(String id) {
        body = profile("id", id);
        return this;
    }

    /**
     * Which trusted profile to assume, by its name in the instance's account; the instance's default profile unless one is named (go-sdk-core PR 277, 2026-07).
     *
     * @param name 1 to 255 characters without control characters, quotes and backslashes
     * @return this
     * @throws IllegalArgumentException if it cannot be one
     */
    public IamTokens trustedProfileName(String name) {
        if (!PROFILE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be 1 to 255 characters without control characters, quotes and backslashes, but is \""
                            + name + "\"");
        }
        body = "{\"trusted_profile\":{\"name\":\"" + name + "\"}}";
        return this;
    }

    /**
     * Which trusted profile to assume, by its CRN; the instance's default profile unless one is named.
     *
     * @param crn such as {@code crn:v1:bluemix:public:iam-identity::a/123456::profile:Profile-…}
     * @return this
     * @throws IllegalArgumentException if it cannot be one
     */
    public IamTokens trustedProfileCrn(String crn) {
        if (!crn.startsWith("crn:")) {
            throw new IllegalArgumentException("crn must begin with \"crn:\", but is \"" + crn + "\"");
        }
        body = profile("crn", crn);
        return this;
    }

    /**
     * The API's version date, which decides the path too: before 2025-08-26 it is {@code /instance_identity/v1/iam_token}, from then on {@code
     * /identity/v1/iam_tokens}. 2025-08-26 by default.
     *
     * @param date 2022-03-01 or later
     * @return this
     * @throws IllegalArgumentException if it is earlier
     */
    public IamTokens version(LocalDate date) {
        version = IdentityCalls.checked(date);
        return this;
    }

    /**
     * Sends an expired token while no other can be fetched; off by default.
     *
     * @return this
     */
    public IamTokens serveExpiredWhileUnavailable() {
        serveExpiredWhileUnavailable = true;
        return this;
    }

    /**
     * Makes the source, on the clock of the service client. It fetches nothing yet.
     *
     * @return a new source
     */
    public CachingCredentialSource build() {
        ServiceClient.Message post = ServiceClient.Message.of(
                        "POST", IdentityCalls.url(serviceClient, version, "iam_token", "iam_tokens"))
                .header("Accept", "application/json")
                .body(body, "application/json");
        CachingCredentialSource.Builder source = CachingCredentialSource.builder(NAME, RequestSigner.bearer())
                .timeSource(serviceClient.timeSource())
                .random(serviceClient.random())
                .fetch(refused -> fetch(serviceClient, post));
        return (serveExpiredWhileUnavailable ? source.serveExpiredWhileUnavailable() : source).build();
    }

    private static CompletableFuture<Credential> fetch(ServiceClient serviceClient, ServiceClient.Message post) {
        return serviceClient.fetch(post, answer -> IdentityCalls.read(NAME, serviceClient, answer));
    }

    private static String profile(String by, String value) {
        if (!SELECTOR.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    by + " must be letters, digits and :/._~%+@=- only, but is \"" + value + "\"");
        }
        return "{\"trusted_profile\":{\"" + by + "\":\"" + value + "\"}}";
    }
}
