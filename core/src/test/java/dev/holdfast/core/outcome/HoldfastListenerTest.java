package dev.holdfast.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.TestService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A listener overrides the events that it wants, and hears nothing of the rest. */
class HoldfastListenerTest {
    @Test
    void theEventsThatAreNotOverriddenAreAcceptedInSilence() {
        Decision decision = TestService.SERVICE.decide(ResponseView.of(429));
        Outcome outcome = Outcome.cleanSuccess("test/plain", "token", 200, Duration.ZERO);
        List<Object> heard = new ArrayList<>();
        HoldfastListener.OutcomeEvent last = new HoldfastListener.OutcomeEvent(outcome);
        HoldfastListener one = new HoldfastListener() {
            @Override
            public void onOutcome(OutcomeEvent event) {
                heard.add(event);
            }
        };
        for (HoldfastListener listener : List.of(one, HoldfastListener.NONE)) {
            listener.onAttempt(new HoldfastListener.AttemptEvent(
                    "test/plain", "token", outcome.attempts().get(0)));
            listener.onRetryScheduled(
                    new HoldfastListener.RetryEvent("test/plain", "token", 2, Duration.ofSeconds(1), decision));
            listener.onReauthenticate(new HoldfastListener.ReauthenticateEvent(
                    "test/plain", "token", 2, Verdict.Renewal.CREDENTIAL, decision));
            listener.onOutcome(last);
        }
        assertThat(heard).containsExactly(last);
    }
}
