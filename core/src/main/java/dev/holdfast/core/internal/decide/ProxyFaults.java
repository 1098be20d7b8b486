package dev.holdfast.core.internal.decide;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy's answer to CONNECT means. Both clients throw a plain {@link IOException} for it and say in the text alone what it was; the
 * service itself has seen nothing.
 */
final class ProxyFaults {
    private static final String SOURCE = "measured with OkHttp 5.5 and JDK 17 (2026-11)";
    private static final Pattern STATUS =
            Pattern.compile("(?:Unexpected response code for CONNECT|Tunnel failed, got): (\\d{3})");

    private ProxyFaults() {}

    /** The decision, or null where no proxy has spoken. */
    static @Nullable Decision of(Throwable fault) {
        String text = fault.getMessage();
        if (!(fault instanceof IOException) || text == null) {
            return null;
        }
        if (text.equals("Failed to authenticate with proxy")) {
            return of(407);
        }
        Matcher status = STATUS.matcher(text);
        return status.matches() ? of(Integer.parseInt(status.group(1))) : null;
    }

    private static Decision of(int status) {
        if (status == 407) {
            return fail(
                    "proxy-authentication",
                    "The proxy wants a user and a password: give the client a proxyAuthenticator, or name the service's host in "
                            + "http.nonProxyHosts if it can be reached directly.");
        }
        if (status == 408 || status == 429 || status >= 500) {
            return Decision.of(
                            Verdict.retry(Pace.TRANSIENT),
                            ErrorKind.UNREACHABLE,
                            "fault/proxy-unavailable",
                            "The proxy could not connect to the service and answered " + status
                                    + ": the proxy is busy, or it does not reach or resolve the host.",
                            SOURCE)
                    .withProcessed(Processed.NO);
        }
        return fail(
                "proxy-refused",
                "The proxy refuses to connect to this host and answered " + status
                        + ": have the host allowed there, or name it in http.nonProxyHosts if it can be reached directly.");
    }

    private static Decision fail(String id, String advice) {
        return Decision.of(Verdict.fail(), ErrorKind.INTERMEDIARY, "fault/" + id, advice, SOURCE)
                .withProcessed(Processed.NO);
    }
}
