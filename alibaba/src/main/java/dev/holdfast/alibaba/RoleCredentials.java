package dev.holdfast.alibaba;

import dev.holdfast.core.Sender;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialException;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.Lifetimes;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.error.Answer;
import dev.holdfast.core.error.BodyTree;
import dev.holdfast.core.error.BodyTree.Node;
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
record RoleCredentials(Sender sender, @Nullable String role) implements CredentialFetch {
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
        CompletableFuture<Answer> document =
                role == null ? get("").thenCompose(answer -> get(discovered(answer))) : get(role);
        return document.thenApply(this::read);
    }

    private CompletableFuture<Answer> get(String name) {
        return sender.send(Sender.Message.of("GET", sender.url(FOLDER + name)));
    }

    private static String discovered(Answer answer) {
        String[] lines =
                new String(answer.body(), StandardCharsets.UTF_8).strip().split("\\R", 2);
        if (!ROLE.matcher(lines[0]).matches()) {
            throw unusable(answer, "there is no role's name");
        }
        return lines[0];
    }

    private Credential read(Answer answer) {
        Node said = BodyTree.read(answer).root();
        try {
            String id = Secret.token(text(said, "AccessKeyId")).value();
            Secret secret = Secret.of(text(said, "AccessKeySecret"));
            Secret token = Secret.token(text(said, "SecurityToken"));
            Instant expires = expiry(text(said, "Expiration"));
            return Credential.accessKey(
                    id,
                    secret,
                    token,
                    Lifetimes.until(expires, answer.serverTime(), sender.clock().now()));
        } catch (IllegalArgumentException e) {
            throw unusable(answer, String.valueOf(e.getMessage()));
        }
    }

    private static CompletionException unusable(Answer answer, String why) {
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
