package dev.holdfast.okhttp;

import java.io.IOException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The first of the network interceptors: right below OkHttp's own repetition, above those of the caller, which see no connection that is left
 * unused. One interceptor in place of three, because OkHttp makes a chain for each.
 */
final class WireGuard implements Interceptor {

    @Override
    public Response intercept(Chain chain) throws IOException {
        Connection connection = chain.connection();
        ConnectionCheck.check(chain.call().tag(AttemptWatch.class), connection);
        Response response = chain.proceed(chain.request());
        return ProxyStatusShield.hidden(RetryAfterShield.hidden(response), connection);
    }
}
