package dev.holdfast.emulators.laws;

import dev.holdfast.core.outcome.HoldfastListener;
import java.util.Queue;

/** Keeps the text of every event, as a listener of an operator would log it. */
public record SeenEvents(Queue<String> seen) implements HoldfastListener {

    @Override
    public void onAttempt(AttemptEvent event) {
        seen.add(event.toString());
    }

    @Override
    public void onReauthenticate(ReauthenticateEvent event) {
        seen.add(event.toString());
    }

    @Override
    public void onRetryScheduled(RetryEvent event) {
        seen.add(event.toString());
    }

    @Override
    public void onOutcome(OutcomeEvent event) {
        seen.add(event.toString() + event.outcome().table() + event.outcome().json());
    }
}
