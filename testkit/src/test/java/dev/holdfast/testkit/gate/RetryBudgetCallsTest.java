package dev.holdfast.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Outcome;
import dev.holdfast.core.backoff.Backoff;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.retry.StopReason;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.laws.Bench;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a call does with the budget of its gate. */
class RetryBudgetCallsTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Holdfast.Builder patient(Pace pace, Duration wait) {
        return bench.here(Holdfast.builder(AzureImds.SERVICE))
                .gate("default", GateSettings.OPEN)
                .maxAttempts(30)
                .deadline(Duration.ofMinutes(10))
                .backoff(pace, Backoff.fixed(wait));
    }

    private Outcome outcome(Call.Factory calls) throws IOException {
        try (Response response = calls.newCall(bench.get(Bench.INSTANCE)).execute()) {
            return HoldfastOkHttp.outcomeOf(response);
        }
    }

    private Outcome against(int status, Holdfast.Builder holdfast) throws IOException {
        bench.script.always(Bench.status(status));
        return outcome(bench.wrap(holdfast));
    }

    @Test
    void tenRetriesAndThenTheLastAnswer() throws Exception {
        Outcome outcome = against(503, patient(Pace.TRANSIENT, Duration.ofMillis(10)));
        assertThat(outcome.reason()).isEqualTo(StopReason.BUDGET);
        assertThat(outcome.attempts()).hasSize(11);
    }

    @Test
    void twentyRetriesAfterThrottles() throws Exception {
        Outcome outcome = against(429, patient(Pace.THROTTLE, Duration.ofMillis(10)));
        assertThat(outcome.reason()).isEqualTo(StopReason.BUDGET);
        assertThat(outcome.attempts()).hasSize(21);
    }

    @Test
    void allCallsOfAGateShareIt() throws Exception {
        bench.script.always(Bench.status(503));
        Call.Factory calls = bench.wrap(patient(Pace.TRANSIENT, Duration.ofMillis(10)));
        outcome(calls);
        Outcome second = outcome(calls);
        assertThat(second.reason()).isEqualTo(StopReason.BUDGET);
        assertThat(second.attempts()).hasSize(1);
    }

    @Test
    void longWaitsInAMaintenanceCostNothing() throws Exception {
        Outcome outcome = against(410, patient(Pace.MAINTENANCE, Duration.ofSeconds(5)));
        assertThat(outcome.reason()).isEqualTo(StopReason.PATIENCE);
        assertThat(outcome.attempts()).hasSizeGreaterThan(15);
    }

    @Test
    void shortOnesDo() throws Exception {
        Outcome outcome = against(410, patient(Pace.MAINTENANCE, Duration.ofMillis(4_999)));
        assertThat(outcome.reason()).isEqualTo(StopReason.BUDGET);
        assertThat(outcome.attempts()).hasSize(11);
    }

    @Test
    void withoutBudgetOnlyTheAttemptsCount() throws Exception {
        Outcome outcome =
                against(503, patient(Pace.TRANSIENT, Duration.ofMillis(10)).withoutBudget());
        assertThat(outcome.reason()).isEqualTo(StopReason.ATTEMPTS);
        assertThat(outcome.attempts()).hasSize(30);
    }
}
