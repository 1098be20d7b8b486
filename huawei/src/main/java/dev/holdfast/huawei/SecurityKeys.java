package dev.holdfast.huawei;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialDocument;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.service.ServiceClient;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The temporary keys of the server's agency. A new key is to be had 10 minutes before the old one ends and not earlier (OTC ECS guide, "Obtaining a
 * security key"): who asks too early gets the same key again, which is harmless, because its lifetime is then what is left of it.
 */
record SecurityKeys(ServiceClient serviceClient) implements CredentialFetch {
    static final String NAME = "huawei/securitykey";

    private static final Members MEMBERS = Members.of("access", "secret", "securitytoken", "expires_at");

    @Override
    public CompletableFuture<Credential> fetch(@Nullable Credential refused) {
        return serviceClient.fetch(
                ServiceClient.Message.of("GET", serviceClient.url("/openstack/latest/securitykey")),
                answer -> CredentialDocument.read(
                        NAME,
                        "a usable key",
                        answer,
                        serviceClient.timeSource().now(),
                        MEMBERS,
                        said -> said.in("credential").accessKey("access", "secret", "securitytoken", "expires_at")));
    }
}
