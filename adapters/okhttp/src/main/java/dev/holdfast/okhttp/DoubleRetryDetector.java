package dev.holdfast.okhttp;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts requests on the wire: more than one for one attempt means that somebody else retries too, which is said once. */
final class DoubleRetryDetector implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger(DoubleRetryDetector.class);

    /** A type of its own, so that no tag of the caller's is mistaken for it. */
    private static final class Sent extends AtomicInteger {
        private static final long serialVersionUID = 1;
    }

    private final String service;
    private final AtomicBoolean said = new AtomicBoolean();

    DoubleRetryDetector(String service) {
        this.service = service;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Sent sent = chain.call().tag(Sent.class, Sent::new);
        if (sent.incrementAndGet() > 1 && said.compareAndSet(false, true)) {
            LOG.warn(
                    "An attempt at {} sent more than one request: an interceptor of the wrapped client retries too. "
                            + "Attempts multiply, and limits are passed unseen; take one of the two out.",
                    service);
        }
        return chain.proceed(chain.request());
    }
}
