package dev.holdfast.core.internal.limit;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs two lines for an endpoint's trouble, one when it begins and one when it ends, however many calls meet it. */
public final class OutageLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast.fault");

    /** Names the kinds that are the endpoint's trouble, not the request's. */
    private static final Set<ErrorKind> TROUBLE = EnumSet.of(
            ErrorKind.THROTTLED,
            ErrorKind.UNAVAILABLE,
            ErrorKind.NOT_READY,
            ErrorKind.UPDATING,
            ErrorKind.INTERMEDIARY,
            ErrorKind.UNREACHABLE);

    private OutageLog() {}

    public static void met(
            EndpointLimiter limiter, String service, @Nullable Integer status, Decision decision, long nowNanos) {
        if (TROUBLE.contains(decision.kind()) && limiter.outage().open(nowNanos)) {
            LOG.warn(
                    "{} is in trouble: {} {}, by {}. {}",
                    service,
                    status == null ? "no answer" : status,
                    decision.kind().id(),
                    decision.rule(),
                    decision.advice());
        }
    }

    public static void succeeded(EndpointLimiter limiter, String service, long nowNanos) {
        long lasted = limiter.outage().close(nowNanos);
        if (lasted >= 0) {
            LOG.info(
                    "{} answers again after {} s",
                    service,
                    Duration.ofNanos(lasted).toSeconds());
        }
    }
}
