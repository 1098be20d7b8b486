package dev.holdfast.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Outcome;
import dev.holdfast.core.backoff.Backoff;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.gate.GateRefusedException;
import dev.holdfast.core.retry.StopReason;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.laws.Bench;
import dev.holdfast.testkit.laws.Once;
import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 15: who cannot be served before his deadline is refused at once; a wait in the gate is part of the deadline. */
class GateRefusalTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Holdfast.Builder narrow(Duration deadline) {
        return bench.here(Holdfast.builder(AzureImds.SERVICE))
                .gate("default", Queue.every(INTERVAL))
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(1)))
                .deadline(deadline);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10})
    void refusedAtOnceWithNothingSent(int seconds) throws Exception {
        bench.script.always(Bench.ok());
        Call.Factory calls = bench.wrap(narrow(Duration.ofSeconds(seconds)));
        calls.newCall(bench.get(Bench.INSTANCE)).execute().close();
        Throwable thrown = catchThrowable(
                () -> calls.newCall(bench.get(Bench.INSTANCE)).execute().close());
        assertThat(thrown).isInstanceOf(GateRefusedException.class).hasMessageContaining("azure/imds");
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.GATE_REFUSED);
        assertThat(Outcome.of(thrown).attempts()).isEmpty();
        assertThat(bench.time.elapsed()).isZero();
        assertThat(bench.requests()).isOne();
    }

    @Test
    void refusedAtOnceInAsync() throws Exception {
        bench.script.always(Bench.ok());
        Call.Factory calls = bench.wrap(narrow(Duration.ofSeconds(5)));
        Once.enqueued(calls.newCall(bench.get(Bench.INSTANCE))).close();
        Once refused = Once.of(calls.newCall(bench.get(Bench.INSTANCE))).await();
        assertThat(refused.thrown).isInstanceOf(GateRefusedException.class);
        assertThat(bench.time.elapsed()).isZero();
    }

    @Test
    void afterAWaitThereIsACopyOfTheLastAnswer() throws Exception {
        bench.answers(Bench.status(503));
        try (Response last = bench.call(narrow(Duration.ofSeconds(8))).execute()) {
            assertThat(last.code()).isEqualTo(503);
            assertThat(HoldfastOkHttp.isCopy(last)).isTrue();
            assertThat(HoldfastOkHttp.outcomeOf(last).reason()).isEqualTo(StopReason.GATE_REFUSED);
            assertThat(bench.client.connectionPool().idleConnectionCount())
                    .as("connections given back")
                    .isEqualTo(bench.client.connectionPool().connectionCount())
                    .isOne();
            assertThat(last.body().string()).contains("some sentence");
        }
        assertThat(bench.time.elapsed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(bench.requests()).isOne();
    }

    @Test
    void afterAFaultAndAWaitTheFaultIsSuppressed() {
        bench.answers(new MockResponse.Builder()
                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
        Throwable thrown =
                catchThrowable(() -> bench.call(narrow(Duration.ofSeconds(8))).execute());
        assertThat(thrown).isInstanceOf(GateRefusedException.class);
        assertThat(thrown.getSuppressed())
                .filteredOn(suppressed -> suppressed instanceof IOException)
                .hasSize(1);
        assertThat(Outcome.of(thrown).attempts()).hasSize(1);
    }

    @Test
    void aWaitInTheGateIsPartOfTheDeadline() throws Exception {
        bench.answers(Bench.ok(), Bench.status(503));
        Call.Factory calls = bench.wrap(
                narrow(Duration.ofSeconds(14)).backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(5))));
        calls.newCall(bench.get(Bench.INSTANCE)).execute().close();
        try (Response late = calls.newCall(bench.get(Bench.INSTANCE)).execute()) {
            Outcome outcome = HoldfastOkHttp.outcomeOf(late);
            assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
            assertThat(outcome.attempts()).hasSize(1);
            assertThat(outcome.attempts().get(0).startedAfter()).isEqualTo(INTERVAL);
            assertThat(outcome.total()).isEqualTo(INTERVAL);
        }
    }
}
