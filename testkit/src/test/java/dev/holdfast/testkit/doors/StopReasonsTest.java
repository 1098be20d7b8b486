package dev.holdfast.testkit.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.CallOptions;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Outcome;
import dev.holdfast.core.backoff.Backoff;
import dev.holdfast.core.error.Answer;
import dev.holdfast.core.error.Decision;
import dev.holdfast.core.error.HeaderFields;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.error.Rule;
import dev.holdfast.core.error.Verdict;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.retry.NextStep;
import dev.holdfast.core.retry.Progress;
import dev.holdfast.core.retry.Replay;
import dev.holdfast.core.retry.RetryEngine;
import dev.holdfast.core.retry.StopReason;
import dev.holdfast.core.time.Randomness;
import dev.holdfast.testkit.laws.Bench;
import dev.holdfast.testkit.laws.Door;
import dev.holdfast.testkit.laws.Door.Ask;
import dev.holdfast.testkit.laws.Door.Reply;
import java.time.Duration;
import java.util.random.RandomGenerator;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stop reason, reached. */
class StopReasonsTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Outcome through(Door door, Holdfast.Builder holdfast) throws Exception {
        return door.call(bench, holdfast.build(), Ask.get(Bench.INSTANCE)).outcome();
    }

    private Outcome always(Door door, int status, Holdfast.Builder holdfast) throws Exception {
        bench.script.always(Bench.status(status));
        return through(door, holdfast);
    }

    @ParameterizedTest
    @CsvSource({"200, SUCCEEDED, 1", "400, FAILED, 1", "503, ATTEMPTS, 5"})
    void theStatusAloneLeadsTo(int status, StopReason reason, int requests) throws Exception {
        for (Door door : Door.values()) {
            int before = bench.requests();
            assertThat(always(door, status, bench.azure()).reason())
                    .as(door.name())
                    .isEqualTo(reason);
            assertThat(bench.requests() - before).isEqualTo(requests);
        }
    }

    private Holdfast.Builder renewingOn401() {
        return bench.azure().rule("renew", Rule.on(401).reauthenticate(Verdict.Renewal.CREDENTIAL));
    }

    @ParameterizedTest
    @EnumSource
    void noCredential(Door door) throws Exception {
        assertThat(always(door, 401, renewingOn401()).reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void patience(Door door) throws Exception {
        assertThat(always(door, 410, bench.azure()).reason()).isEqualTo(StopReason.PATIENCE);
    }

    @ParameterizedTest
    @EnumSource
    void deadline(Door door) throws Exception {
        Holdfast.Builder brief = bench.azure().deadline(Duration.ofSeconds(3));
        assertThat(always(door, 503, brief).reason()).isEqualTo(StopReason.DEADLINE);
    }

    @ParameterizedTest
    @EnumSource
    void hintTooLong(Door door) throws Exception {
        bench.answers(Bench.answer(429, "{}").addHeader("Retry-After", "3600").build());
        assertThat(through(door, bench.azure()).reason()).isEqualTo(StopReason.HINT_TOO_LONG);
    }

    @ParameterizedTest
    @EnumSource
    void budget(Door door) throws Exception {
        bench.script.always(Bench.status(503));
        Holdfast.Builder eager = bench.here(Holdfast.builder(AzureImds.SERVICE))
                .gate("default", GateSettings.OPEN)
                .maxAttempts(100)
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofMillis(1)));
        Outcome outcome = through(door, eager);
        assertThat(outcome.reason()).isEqualTo(StopReason.BUDGET);
        assertThat(outcome.attempts()).hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void notRepeatable(boolean async) {
        bench.script.always(Bench.status(503));
        Request once = bench.get(Bench.INSTANCE)
                .newBuilder()
                .tag(CallOptions.class, CallOptions.none().withReplay(Replay.NEVER))
                .build();
        Outcome outcome = Door.reply(bench.call(bench.azure(), once), async).outcome();
        assertThat(outcome.reason()).isEqualTo(StopReason.NOT_REPEATABLE);
    }

    @ParameterizedTest
    @EnumSource
    void hostRefused(Door door) throws Exception {
        Ask elsewhere = new Ask("GET", "http://198.51.100.7/metadata/instance", Headers.of());
        Reply reply = door.call(bench, bench.azure().build(), elsewhere);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.HOST_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancelled(boolean async) {
        Call call = bench.call(bench.azure());
        call.cancel();
        assertThat(Door.reply(call, async).outcome().reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void interrupted() {
        bench.script.always(Bench.status(503));
        Call call = bench.call(bench.azure());
        Thread.currentThread().interrupt();
        Outcome outcome = Door.reply(call, false).outcome();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome.reason()).isEqualTo(StopReason.INTERRUPTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void callbackFailed(boolean async) {
        bench.script.always(Bench.status(503));
        RandomGenerator broken = () -> {
            throw new IllegalStateException("no dice");
        };
        Call call = bench.call(bench.azure().random(broken));
        Throwable thrown = catchThrowable(() -> {
            Reply reply = Door.reply(call, async);
            throw reply.thrown();
        });
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.CALLBACK_FAILED);
        assertThat(thrown).hasStackTraceContaining("no dice");
    }

    /** At the engine: no door can renew a credential yet. */
    @Test
    void refusedAgain() {
        RetryEngine engine = new RetryEngine(AzureImds.SERVICE.policy(), Randomness.seeded(1));
        Answer answer = Answer.of(401, HeaderFields.of(), new byte[0], true);
        Decision refused = renewingOn401().build().decide(answer, null);
        Progress progress = new Progress(0, null);
        assertThat(engine.next(progress, refused, Replay.SAFE, true, 1)).isInstanceOf(NextStep.Renew.class);
        assertThat(engine.next(progress, refused, Replay.SAFE, true, 2))
                .isEqualTo(new NextStep.Stop(StopReason.REFUSED_AGAIN));
    }
}
