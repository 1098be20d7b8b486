package dev.holdfast.azure;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.ErrorDialect.Intermediary;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Recognises who answers in the place of IMDS. The missing {@code Server: IMDS/…} is evidence, not proof, because pod identity relays do
 * not send it either (live answers 2020 to 2026); it takes a page, a proxy's header or another vendor's server beside it.
 */
final class ImdsIntermediaries {
    private static final String SOURCE =
            "Azure: instance-metadata-service, Proxies; azure-sdk-for-net#18362, #18961, #41657, #38218 (2021-2024)";

    private ImdsIntermediaries() {}

    static @Nullable Intermediary recognise(ResponseView answer, ServiceError error) {
        String server = lower(answer.headers().first("Server"));
        if (server.startsWith("imds")) {
            return null;
        }
        String message = lower(error.message());
        if (message.contains("unreachable network") || message.contains("unreachable host")) {
            return fail(
                    "docker-desktop",
                    "Docker Desktop's network answered: there is no metadata service on this machine.");
        }
        String cloud = ErrorDialect.otherCloud(answer);
        if (cloud != null) {
            return fail(
                    lower(cloud),
                    "Another cloud's metadata service answered (" + cloud + "): this machine is not an Azure VM.");
        }
        boolean page = Document.isPage(answer);
        if (page && server.contains("microsoft-httpapi") && answer.status() >= 500) {
            // The host's own web server, before IMDS is up behind it (WALinuxAgent#95).
            return null;
        }
        if (page
                || ErrorDialect.isProxied(answer)
                || message.contains("cannotconnect")
                || message.contains("fail to directly connect")) {
            return Intermediary.byStatus(
                    answer.status(),
                    "proxy",
                    "A proxy answered in the place of IMDS: connect to 169.254.169.254 directly, without any proxy, and check its exceptions.",
                    SOURCE);
        }
        boolean bare = server.isEmpty() && error.code() == null && error.message() == null;
        if (bare && answer.status() >= 502 && answer.status() <= 504) {
            return Intermediary.retry(
                    "bare-gateway",
                    "Something between sent an empty gateway error; if it stays, look for a proxy or relay.",
                    SOURCE);
        }
        return null;
    }

    private static Intermediary fail(String id, String advice) {
        return Intermediary.fail(id, advice, SOURCE);
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
