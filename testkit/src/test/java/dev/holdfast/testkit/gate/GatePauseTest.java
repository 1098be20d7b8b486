package dev.holdfast.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Outcome;
import dev.holdfast.core.backoff.Backoff;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.gate.GateRefusedException;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.retry.StopReason;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.laws.Bench;
import dev.holdfast.testkit.laws.Once;
import java.time.Duration;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import okhttp3.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a server says when to come back, no other call comes earlier either, and not all of them come in the same instant. */
class GatePauseTest {
    private static final Duration HINT = Duration.ofSeconds(10);

    @RegisterExtension
    final Bench bench = Bench.manual();

    private Call.Factory calls;

    private static MockResponse comeBackLater(int status) {
        return Bench.answer(status, "{\"error\":\"slow down\"}")
                .addHeader("Retry-After", String.valueOf(HINT.toSeconds()))
                .build();
    }

    private Holdfast.Builder azure() {
        return bench.azure().maxAttempts(1);
    }

    private Once ask() {
        return Once.of(calls.newCall(bench.get(Bench.INSTANCE)));
    }

    @BeforeEach
    void open() {
        calls = bench.wrap(azure());
    }

    private void somebodyGetsTheHint() throws Exception {
        bench.answers(comeBackLater(429)).script.always(Bench.ok());
        ask().get().close();
    }

    @Test
    void allOthersStayAwayAndComeBackSpread() throws Exception {
        somebodyGetsTheHint();
        Once[] others = IntStream.range(0, 40).mapToObj(i -> ask()).toArray(Once[]::new);
        bench.time.awaitWaiters(40);
        bench.time.advance(HINT);
        assertThat(bench.time.pending()).as("waiting at the end of the hint").isGreaterThan(35);
        assertThat(bench.requests()).isLessThanOrEqualTo(1 + 40 - bench.time.pending());
        bench.time.advance(Duration.ofMillis(2_500));
        assertThat(bench.time.pending())
                .as("waiting in the middle of the spread")
                .isBetween(8, 32);
        bench.time.advance(Duration.ofMillis(2_500));
        for (Once other : others) {
            other.get().close();
        }
        assertThat(bench.requests()).isEqualTo(41);
    }

    @Test
    void whoCannotWaitSoLongIsRefusedAtOnce() throws Exception {
        somebodyGetsTheHint();
        Call.Factory hasty = bench.wrap(azure().deadline(Duration.ofSeconds(9)).gates(gatesOf(HINT)));
        Once refused = Once.of(hasty.newCall(bench.get(Bench.INSTANCE))).await();
        assertThat(refused.thrown).isInstanceOf(GateRefusedException.class);
        assertThat(Outcome.of(refused.thrown).reason()).isEqualTo(StopReason.GATE_REFUSED);
    }

    private dev.holdfast.core.gate.Gates gatesOf(Duration pause) {
        var gates = dev.holdfast.core.gate.Gates.isolated(bench.time, bench.time);
        String authority = "127.0.0.1:" + bench.server.getPort();
        gates.gate(new dev.holdfast.core.gate.GateKey("azure/imds", authority, "default"), GateSettings.OPEN)
                .pause(pause);
        return gates;
    }

    /** Without the flag in CallState.ready, the time in the pause would not count for the first attempt. */
    @Test
    void aPauseBeforeTheFirstAttemptIsPartOfTheDeadline() throws Exception {
        bench.answers(Bench.status(503));
        calls = bench.wrap(azure().maxAttempts(3)
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(12)))
                .deadline(Duration.ofSeconds(27))
                .gates(gatesOf(HINT.plusSeconds(1))));
        Once call = ask();
        bench.time.awaitWaiters(1);
        bench.time.advance(Duration.ofSeconds(16));
        try (var response = call.get()) {
            Outcome outcome = HoldfastOkHttp.outcomeOf(response);
            assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
            assertThat(outcome.attempts().get(0).startedAfter()).isGreaterThanOrEqualTo(HINT.plusSeconds(1));
        }
    }

    /** Without the look at the pause in CallState.admitted, the next in the queue would be sent a second after the hint. */
    @Test
    void whoStandsInTheQueueKeepsItToo() throws Exception {
        calls = bench.wrap(bench.here(Holdfast.builder(AzureImds.SERVICE))
                .maxAttempts(1)
                .gate("default", Queue.every(Duration.ofSeconds(1))));
        bench.script.hold();
        bench.answers(comeBackLater(503)).script.always(Bench.ok());
        Once first = ask();
        bench.script.next();
        Once queued = ask();
        bench.time.awaitWaiters(2);
        bench.script.release();
        first.get().close();
        bench.time.advance(Duration.ofSeconds(1));
        bench.time.awaitWaiters(1);
        assertThat(bench.requests()).isOne();
        bench.time.advance(Duration.ofSeconds(15));
        queued.get().close();
        assertThat(bench.requests()).isEqualTo(2);
    }
}
