package dev.holdfast.okhttp;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts requests on the wire: more than one for one attempt means that somebody else retries too, which is said once. */
final class DoubleRetryDetector {
    private static final Logger LOG = LoggerFactory.getLogger(DoubleRetryDetector.class);

    private final String service;
    private final AtomicBoolean said = new AtomicBoolean();

    DoubleRetryDetector(String service) {
        this.service = service;
    }

    /** Called for each request on the wire. */
    void count(@Nullable AttemptWatch watch) {
        if (watch != null && watch.sent() > 1 && said.compareAndSet(false, true)) {
            LOG.warn(
                    "An attempt at {} sent more than one request: an interceptor of the wrapped client retries too. "
                            + "Attempts multiply, and limits are passed unseen; take one of the two out.",
                    service);
        }
    }
}
