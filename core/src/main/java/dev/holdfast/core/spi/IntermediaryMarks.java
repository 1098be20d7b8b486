package dev.holdfast.core.spi;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Headers by which proxies and other clouds' metadata services give themselves away. */
final class IntermediaryMarks {
    /** Via: RFC 9110, 7.6.3; X-Squid-Error: squid's own; the other two are sent by proxies alone. */
    private static final String[] PROXY = {"Via", "Proxy-Connection", "Proxy-Authenticate", "X-Squid-Error"};

    private IntermediaryMarks() {}

    static boolean isProxied(ResponseView answer) {
        for (String name : PROXY) {
            if (answer.headers().first(name) != null) {
                return true;
            }
        }
        return false;
    }

    static @Nullable String otherCloud(ResponseView answer) {
        HeaderFields headers = answer.headers();
        String said = headers.first("Server");
        String server = said == null ? "" : said.toLowerCase(Locale.ROOT);
        if (server.contains("ec2ws") || headers.first("X-Aws-Ec2-Metadata-Token-Ttl-Seconds") != null) {
            return "AWS";
        }
        if (server.contains("metadata server for vm") || headers.first("Metadata-Flavor") != null) {
            return "Google";
        }
        return server.startsWith("imds") ? "Azure" : null;
    }
}
