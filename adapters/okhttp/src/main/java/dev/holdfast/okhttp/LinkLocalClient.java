package dev.holdfast.okhttp;

import java.net.Proxy;
import java.time.Duration;
import okhttp3.Authenticator;
import okhttp3.OkHttpClient;

/** What the derived client of a link-local service has besides: nothing stands between it and the service, and a connect is short. */
final class LinkLocalClient {
    /**
     * Whatever is on the same link answers a connect within milliseconds. Two such time-outs and the wait between them end within 5 s, which is what a
     * boot script can wait.
     */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private LinkLocalClient() {}

    static void prepare(OkHttpClient.Builder builder, OkHttpClient client) {
        builder.proxy(Proxy.NO_PROXY).proxyAuthenticator(Authenticator.NONE);
        int millis = client.connectTimeoutMillis();
        // Zero is no limit at all.
        if (millis == 0 || millis > CONNECT_TIMEOUT.toMillis()) {
            builder.connectTimeout(CONNECT_TIMEOUT);
        }
    }
}
