package dev.holdfast.core.outcome;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Verdict;
import java.time.Duration;

/**
 * Told what calls go through. Methods are called on the thread that drives the call and must not block; what they throw is logged and
 * changes nothing. Events hold no secret. Implementations must be safe for several threads.
 */
public interface HoldfastListener {
    /** Listens to nothing. */
    HoldfastListener NONE = new HoldfastListener() {};

    /**
     * An attempt ended, well or not.
     *
     * @param event the attempt
     */
    default void onAttempt(AttemptEvent event) {}

    /**
     * A further attempt will be made.
     *
     * @param event what is waited for
     */
    default void onRetryScheduled(RetryEvent event) {}

    /**
     * Something is renewed, and then a further attempt made.
     *
     * @param event what is renewed
     */
    default void onReauthenticate(ReauthenticateEvent event) {}

    /**
     * A call ended, well or not.
     *
     * @param event its outcome
     */
    default void onOutcome(OutcomeEvent event) {}

    /**
     * An attempt ended.
     *
     * @param service the service's id
     * @param operation the operation's id
     * @param attempt the attempt; its wait is not known yet
     */
    record AttemptEvent(String service, String operation, Attempt attempt) {}

    /**
     * A further attempt will be made.
     *
     * @param service the service's id
     * @param operation the operation's id
     * @param nextAttempt its number
     * @param pause how long is waited for it
     * @param decision what the last attempt meant
     */
    record RetryEvent(String service, String operation, int nextAttempt, Duration pause, Decision decision) {}

    /**
     * Something is renewed, and then a further attempt made.
     *
     * @param service the service's id
     * @param operation the operation's id
     * @param nextAttempt the number of that attempt
     * @param what what is renewed
     * @param decision what the last attempt meant
     */
    record ReauthenticateEvent(
            String service, String operation, int nextAttempt, Verdict.Renewal what, Decision decision) {}

    /**
     * A call ended.
     *
     * @param outcome what it went through
     */
    record OutcomeEvent(Outcome outcome) {}
}
