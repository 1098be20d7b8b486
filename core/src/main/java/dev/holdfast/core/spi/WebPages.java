package dev.holdfast.core.spi;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.ResponseView;
import org.jspecify.annotations.Nullable;

/** Pages that refuse, where the service itself refuses otherwise. */
final class WebPages {
    private WebPages() {}

    static ErrorDialect.@Nullable Intermediary recognise(ResponseView answer, String... own) {
        if (answer.status() < 400 || isPassing(answer.status()) || !Document.isPage(answer)) {
            return null;
        }
        for (String header : own) {
            if (answer.headers().first(header) != null) {
                return null;
            }
        }
        return ErrorDialect.Intermediary.fail(
                "web-page",
                "A web page came in the place of the service's answer: look for a proxy, a firewall or a login page on the way, and let the service's hosts pass.",
                "proxies' pages in Azure/azure-sdk-for-net#18362, #18961 (2021)");
    }

    /** Whether a status says that its trouble may pass. */
    static boolean isPassing(int status) {
        return switch (status) {
            case 408, 425, 429, 449 -> true;
            default -> status >= 500;
        };
    }
}
