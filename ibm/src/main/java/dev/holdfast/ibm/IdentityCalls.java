package dev.holdfast.ibm;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialDocument;
import dev.holdfast.core.credential.Lifetimes;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.ServiceClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What both token calls have in common: where they are made, and what they answer. */
final class IdentityCalls {
    /** Mandatory under the old paths' end (identity change log, 2025), and known to every SDK. */
    static final LocalDate NEW_PATHS_SINCE = LocalDate.of(2025, 8, 26);

    private static final LocalDate EARLIEST = LocalDate.of(2022, 3, 1);

    private static final Members MEMBERS = Members.of("access_token", "expires_in", "expires_at", "created_at");

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

    static Credential read(String name, ServiceClient serviceClient, ResponseView answer) {
        return CredentialDocument.read(
                name,
                "a usable token",
                answer,
                serviceClient.timeSource().now(),
                MEMBERS,
                said -> said.token("access_token", lifetime(said)));
    }

    /** The whole life is an upper bound and no more: a token may have been created long before it is handed out (IBM/go-sdk-core#207). */
    private static @Nullable Duration lifetime(CredentialDocument said) {
        Instant created = said.instant("created_at");
        Instant expires = said.instant("expires_at");
        Duration whole = created == null || expires == null ? null : Duration.between(created, expires);
        return Lifetimes.least(whole, said.lifetime("access_token", "expires_in", "expires_at"));
    }
}
