package dev.holdfast.alibaba;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.Lifetimes;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Document.Node;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.ServiceClient;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The temporary credentials of the instance's RAM role (help.aliyun.com, "Obtain a temporary authorization token"). An instance has one role at most; where
 * none is named, it is asked for each time, because it can be exchanged while the instance runs.
 *
 * @param role the role's name, or null
 */
record RoleCredentials(
        ServiceClient serviceClient, @Nullable String role) implements CredentialFetch {
    static final String NAME = "alibaba/role-credentials";

    private static final String FOLDER = "/latest/meta-data/ram/security-credentials/";
    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    static String checked(String role) {
        if (role == null || !ROLE.matcher(role).matches()) {
            throw new IllegalArgumentException(
                    "role must be 1 to 64 letters, digits, points, underscores and hyphens, but is \"" + role + "\"");
        }
        return role;
    }

    @Override
    public CompletableFuture<Credential> fetch(@Nullable Credential refused) {
        CompletableFuture<ResponseView> document =
                role == null ? get("").thenCompose(answer -> get(discovered(answer))) : get(role);
        return document.thenApply(this::read);
    }

    private CompletableFuture<ResponseView> get(String name) {
        return serviceClient.send(ServiceClient.Message.of("GET", serviceClient.url(FOLDER + name)));
    }

    private static String discovered(ResponseView answer) {
        String[] lines =
                new String(answer.body(), StandardCharsets.UTF_8).strip().split("\\R", 2);
        if (!ROLE.matcher(lines[0]).matches()) {
            throw unusable(answer, "there is no role's name");
        }
        return lines[0];
    }

    private Credential read(ResponseView answer) {
        Node said = Document.read(answer).root();
        try {
            String id = Secret.token(text(said, "AccessKeyId")).value();
            Secret secret = Secret.of(text(said, "AccessKeySecret"));
            Secret token = Secret.token(text(said, "SecurityToken"));
            Instant expires = expiry(text(said, "Expiration"));
            return Credential.accessKey(
                    id,
                    secret,
                    token,
                    Lifetimes.until(
                            expires,
                            answer.serverTime(),
                            serviceClient.timeSource().now()));
        } catch (IllegalArgumentException e) {
            throw unusable(answer, String.valueOf(e.getMessage()));
        }
    }

    private static CompletionException unusable(ResponseView answer, String why) {
        return new CompletionException(new CredentialException(
                NAME + ": answered " + answer.status() + " without usable credentials: " + why, null));
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
            throw new IllegalArgumentException("Expiration is no time (not shown)", e);
        }
    }
}
