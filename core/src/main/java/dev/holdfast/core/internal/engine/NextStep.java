package dev.holdfast.core.internal.engine;

import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.outcome.StopReason;
import java.time.Duration;

/** What the engine wants done after an attempt that did not succeed. */
public sealed interface NextStep {

    /**
     * Make no further attempt.
     *
     * @param reason why
     */
    record Stop(StopReason reason) implements NextStep {}

    /**
     * Wait, then attempt again.
     *
     * @param delay how long, zero or more
     */
    record Retry(Duration delay) implements NextStep {}

    /**
     * Renew something, then attempt again.
     *
     * @param what what to renew
     */
    record Renew(Verdict.Renewal what) implements NextStep {}
}
