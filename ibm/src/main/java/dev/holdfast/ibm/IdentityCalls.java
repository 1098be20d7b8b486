package dev.holdfast.ibm;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.Lifetimes;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Document.Node;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.ServiceClient;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What both token calls have in common: where they are made, and what they answer. */
final class IdentityCalls {
    /** Mandatory under the old paths' end (identity change log, 2025), and known to every SDK. */
    static final LocalDate NEW_PATHS_SINCE = LocalDate.of(2025, 8, 26);

    private static final LocalDate EARLIEST = LocalDate.of(2022, 3, 1);

    private IdentityCalls() {}

    static LocalDate checked(LocalDate version) {
        if (version.isBefore(EARLIEST)) {
            throw new IllegalArgumentException("version must be " + EARLIEST + " or later, but is " + version);
        }
        return version;
    }

    /** The version date decides the path. */
    static URI url(ServiceClient serviceClient, LocalDate version, String oldName, String newName) {
        String path =
                version.isBefore(NEW_PATHS_SINCE) ? "/instance_identity/v1/" + oldName : "/identity/v1/" + newName;
        return serviceClient.url(path + "?version=" + version);
    }

    static Credential read(String name, ServiceClient serviceClient, ResponseView answer, Duration fallback) {
        Node said = Document.read(answer).root();
        try {
            String token = said.text("access_token");
            if (token == null) {
                throw new IllegalArgumentException("there is no access_token");
            }
            return Credential.token(
                    Secret.token(token),
                    lifetime(said, answer, serviceClient.timeSource().now(), fallback));
        } catch (IllegalArgumentException e) {
            throw new CompletionException(new CredentialException(
                    name + ": answered " + answer.status() + " without a usable token: " + e.getMessage(), null));
        }
    }

    /** The shorter of the two that the answer tells: the vendor's own samples contradict themselves. */
    private static Duration lifetime(Node said, ResponseView answer, Instant now, Duration fallback) {
        Duration seconds = seconds(said.text("expires_in"));
        Instant expires = instant(said.text("expires_at"));
        Instant created = instant(said.text("created_at"));
        Instant serverTime = created != null ? created : answer.serverTime();
        Duration until = expires == null ? null : Lifetimes.until(expires, serverTime, now);
        if (until == null) {
            return seconds == null ? fallback : seconds;
        }
        return seconds == null || seconds.compareTo(until) > 0 ? until : seconds;
    }

    private static @Nullable Duration seconds(@Nullable String text) {
        try {
            return text == null ? null : Duration.ofSeconds(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text.strip());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
