package dev.holdfast.core;

import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.service.Operation;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The switch for incidents: takes away all that could repeat, delay or refuse a call. */
final class PassThrough {
    private static final String PROPERTY = "holdfast.passThrough";
    private static final Logger LOG = LoggerFactory.getLogger(Holdfast.class);

    /** The services that it was said of. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private PassThrough() {}

    /** Read at each build, so that an agent that builds anew after a change of its settings heeds it. */
    static boolean isSet() {
        return Boolean.getBoolean(PROPERTY);
    }

    static Holdfast.Builder of(Holdfast.Builder from) {
        String id = from.service.id();
        if (SAID.add(id)) {
            LOG.warn("{} passes through: each call makes one attempt, without retries, limits and rules", id);
        }
        from.rules.clear();
        from.maxAttempts(1)
                .patience(Pace.STARTUP, Duration.ZERO)
                .patience(Pace.MAINTENANCE, Duration.ZERO)
                .maxRetryAfter(Duration.ZERO)
                .withoutBudget()
                .limiters(Limiters.isolated())
                .limits("default", Limits.NONE);
        for (Operation operation : from.service.operations()) {
            from.limits(operation.category(), Limits.NONE);
        }
        return from;
    }
}
