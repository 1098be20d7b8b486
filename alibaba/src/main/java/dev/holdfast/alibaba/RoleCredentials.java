package dev.holdfast.alibaba;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialDocument;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.ServiceClient;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
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

    private static final String WANTED = "usable credentials";
    private static final String FOLDER = "/latest/meta-data/ram/security-credentials/";
    private static final Members MEMBERS = Members.of("AccessKeyId", "AccessKeySecret", "SecurityToken", "Expiration");
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
        return role == null
                ? get("", RoleCredentials::discovered).thenCompose(found -> get(found, this::read))
                : get(role, this::read);
    }

    private <T> CompletableFuture<T> get(String name, Function<ResponseView, T> reader) {
        return serviceClient.fetch(ServiceClient.Message.of("GET", serviceClient.url(FOLDER + name)), reader);
    }

    private static String discovered(ResponseView answer) {
        String[] lines =
                new String(answer.body(), StandardCharsets.UTF_8).strip().split("\\R", 2);
        if (!ROLE.matcher(lines[0]).matches()) {
            throw new CompletionException(new CredentialException(
                    NAME + ": answered " + answer.status() + " without " + WANTED + ": there is no role's name", null));
        }
        return lines[0];
    }

    private Credential read(ResponseView answer) {
        return CredentialDocument.read(
                NAME,
                WANTED,
                answer,
                serviceClient.timeSource().now(),
                MEMBERS,
                said -> said.accessKey("AccessKeyId", "AccessKeySecret", "SecurityToken", "Expiration"));
    }
}
