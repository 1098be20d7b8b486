package dev.holdfast.core.internal.call;

import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.limit.LimiterKey;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The limiters that the calls of one {@code Holdfast} instance have passed lately. Thread-safe. */
final class OpenedLimiters {
    /** A service has a handful of categories and, for most users, one authority. */
    private static final int MOST = 64;

    private final Service service;
    private final CallSettings settings;
    private final Map<LimiterKey, EndpointLimiter> opened = new ConcurrentHashMap<>();

    OpenedLimiters(Service service, CallSettings settings) {
        this.service = service;
        this.settings = settings;
    }

    EndpointLimiter limiter(Operation operation, String authority) {
        LimiterKey key = new LimiterKey(service.id(), authority, operation.category());
        EndpointLimiter limiter = opened.get(key);
        if (limiter == null) {
            Limits limits = settings.limits().getOrDefault(operation.category(), service.limits(operation.category()));
            limiter = settings.limiters().limiter(key, limits, this);
            if (opened.size() >= MOST) {
                // The registry still has what has anything to remember.
                opened.clear();
            }
            opened.put(key, limiter);
        }
        return limiter;
    }
}
