package dev.holdfast.core.call;

import dev.holdfast.core.error.Decision;
import dev.holdfast.core.error.Kind;
import dev.holdfast.core.gate.Gate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two lines for an endpoint's trouble, one when it begins and one when it ends, however many calls meet it. */
final class FaultLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast.fault");

    /** What is the endpoint's trouble, not the request's. */
    private static final Set<Kind> TROUBLE = EnumSet.of(
            Kind.THROTTLED, Kind.UNAVAILABLE, Kind.NOT_READY, Kind.UPDATING, Kind.INTERMEDIARY, Kind.UNREACHABLE);

    private FaultLog() {}

    static void met(Gate gate, String service, @Nullable Integer status, Decision decision, long nowNanos) {
        if (TROUBLE.contains(decision.kind()) && gate.fault().begins(nowNanos)) {
            LOG.warn(
                    "{} is in trouble: {} {}, by {}. {}",
                    service,
                    status == null ? "no answer" : status,
                    decision.kind().id(),
                    decision.rule(),
                    decision.advice());
        }
    }

    static void succeeded(Gate gate, String service, long nowNanos) {
        long lasted = gate.fault().ends(nowNanos);
        if (lasted >= 0) {
            LOG.info(
                    "{} answers again after {} s",
                    service,
                    Duration.ofNanos(lasted).toSeconds());
        }
    }
}
