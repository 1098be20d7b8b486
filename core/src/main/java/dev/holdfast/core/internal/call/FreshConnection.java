package dev.holdfast.core.internal.call;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.internal.call.AttemptFacts.Connection;
import dev.holdfast.core.internal.call.AttemptFacts.Progress;
import dev.holdfast.core.internal.decide.TransportFaultRules;
import dev.holdfast.core.policy.RetrySafety;

/**
 * Law 1: a reused connection that turns out dead is not the service's fault. Says whether one further attempt follows at once, on a fresh
 * connection. Wrapped clients do the same without a word, so that a wrapped one must not be slower.
 */
final class FreshConnection {
    private FreshConnection() {}

    /**
     * Whether the attempt follows.
     *
     * @param facts what the adapter knows of the attempt that failed
     * @param fault what the client threw
     * @param decision what the fault means
     * @param retrySafety when the request may be sent again
     * @param oneShot whether its body cannot be sent a second time
     */
    static boolean follows(
            AttemptFacts facts, Throwable fault, Decision decision, RetrySafety retrySafety, boolean oneShot) {
        if (!decision.isRetry() || facts.progress() == Progress.ANSWERED) {
            return false;
        }
        boolean declared = TransportFaultRules.isDeclaredUnprocessed(fault);
        boolean reused = facts.connection() == Connection.REUSED;
        // A client that does not tell its connections still hands on what the peer declared. The connection may have
        // been a fresh one then, so that the caller's NEVER holds.
        boolean unknown = facts.connection() == Connection.UNKNOWN && declared && retrySafety != RetrySafety.NEVER;
        return (reused || unknown)
                && (declared || TransportFaultRules.isLoss(fault))
                && mayBeSent(facts, declared, retrySafety, oneShot);
    }

    private static boolean mayBeSent(AttemptFacts facts, boolean declared, RetrySafety retrySafety, boolean oneShot) {
        if (facts.notBegun()) {
            return true;
        }
        // A body that can be read only once may be gone with the request that was begun.
        return !oneShot && (declared || retrySafety == RetrySafety.ALWAYS);
    }
}
