package dev.holdfast.okhttp;

import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;

/**
 * Keeps the read timeout below the attempt timeout where HTTP/2 may be spoken. OkHttp pings a connection after a read timeout and leaves it if
 * no answer to the ping comes within a second. After the timeout of a whole call, which the attempt timeout is, it does not, so that all calls
 * would go to a silent connection until TCP gives it up, up to 15 minutes later (measured with OkHttp 5.5.1, 2026-11). A ping interval would
 * do the same, but wakes an idle connection for ever.
 */
final class ReadTimeout {
    private static final long MOST_MILLIS = 1000;

    private ReadTimeout() {}

    /** Returns the chain with a read timeout of nine tenths of the attempt timeout, but at most a second less; a shorter one stays. */
    static Interceptor.Chain below(Interceptor.Chain chain) {
        long attempt = TimeUnit.NANOSECONDS.toMillis(chain.call().timeout().timeoutNanos());
        long limit = attempt - Math.min(MOST_MILLIS, attempt / 10);
        boolean shorter = chain.readTimeoutMillis() > 0 && chain.readTimeoutMillis() <= limit;
        return attempt < 10 || shorter || limit > Integer.MAX_VALUE
                ? chain
                : chain.withReadTimeout((int) limit, TimeUnit.MILLISECONDS);
    }
}
