package dev.holdfast.core.internal.limit;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.internal.time.Durations;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs an endpoint's trouble when it begins, when it becomes another and when it ends, however many calls meet it. */
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
        if (!TROUBLE.contains(decision.kind())) {
            return;
        }
        Outage.Line line = limiter.outage().open(decision.kind(), nowNanos);
        if (line != Outage.Line.NONE) {
            String now = line == Outage.Line.CHANGES ? "now " : "";
            LOG.warn(
                    "{} {} ({}; rule {}). {}",
                    service,
                    status == null ? now + "does not answer" : now + "answers " + status,
                    decision.kind().id(),
                    decision.rule(),
                    decision.advice());
        }
    }

    public static void succeeded(EndpointLimiter limiter, String service, long nowNanos) {
        long lasted = limiter.outage().close(nowNanos);
        if (lasted >= 0) {
            LOG.info("{} answers again after {}", service, Durations.text(Duration.ofNanos(lasted)));
        }
    }
}
