package dev.holdfast.huawei;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.Lifetimes;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Document.Node;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.ServiceClient;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The temporary keys of the server's agency. A new key is to be had 10 minutes before the old one ends and not earlier (OTC ECS guide, "Obtaining a
 * security key"): who asks too early gets the same key again, which is harmless, because its lifetime is then what is left of it.
 */
record SecurityKeys(ServiceClient serviceClient) implements CredentialFetch {
    static final String NAME = "huawei/securitykey";

    @Override
    public CompletableFuture<Credential> fetch(@Nullable Credential refused) {
        return serviceClient
                .send(ServiceClient.Message.of("GET", serviceClient.url("/openstack/latest/securitykey")))
                .thenApply(this::read);
    }

    private Credential read(ResponseView answer) {
        Node said = Document.read(answer).root().get("credential");
        try {
            String access = Secret.token(text(said, "access")).value();
            Secret secret = Secret.of(text(said, "secret"));
            Secret token = Secret.token(text(said, "securitytoken"));
            Instant expires = expiry(text(said, "expires_at"));
            return Credential.accessKey(
                    access,
                    secret,
                    token,
                    Lifetimes.until(
                            expires,
                            answer.serverTime(),
                            serviceClient.timeSource().now()));
        } catch (IllegalArgumentException e) {
            throw new CompletionException(new CredentialException(
                    NAME + ": answered " + answer.status() + " without a usable key: " + e.getMessage(), null));
        }
    }

    private static String text(Node said, String name) {
        String text = said.text(name);
        if (text == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return text;
    }

    private static Instant expiry(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expires_at is no time (not shown)", e);
        }
    }
}
