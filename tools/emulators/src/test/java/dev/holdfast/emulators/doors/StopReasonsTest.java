package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.engine.NextStep;
import dev.holdfast.core.internal.engine.RetryEngine;
import dev.holdfast.core.internal.engine.RetryState;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
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

    private Outcome through(Adapter adapter, Holdfast.Builder holdfast) throws Exception {
        return adapter.call(bench, holdfast.build(), Ask.get(Bench.INSTANCE)).outcome();
    }

    private Outcome always(Adapter adapter, int status, Holdfast.Builder holdfast) throws Exception {
        bench.script.always(Bench.status(status));
        return through(adapter, holdfast);
    }

    @ParameterizedTest
    @CsvSource({"200, SUCCEEDED, 1", "400, FAILED, 1", "503, ATTEMPTS, 5"})
    void theStatusAloneLeadsTo(int status, StopReason reason, int requests) throws Exception {
        for (Adapter adapter : Adapter.values()) {
            int before = bench.requests();
            assertThat(always(adapter, status, bench.azure()).reason())
                    .as(adapter.name())
                    .isEqualTo(reason);
            assertThat(bench.requests() - before).isEqualTo(requests);
        }
    }

    private Holdfast.Builder renewingOn401() {
        return bench.azure().rule("renew", Rule.on(401).reauthenticate(Verdict.Renewal.CREDENTIAL));
    }

    @ParameterizedTest
    @EnumSource
    void noCredential(Adapter adapter) throws Exception {
        assertThat(always(adapter, 401, renewingOn401()).reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void patience(Adapter adapter) throws Exception {
        assertThat(always(adapter, 410, bench.azure()).reason()).isEqualTo(StopReason.PATIENCE);
    }

    @ParameterizedTest
    @EnumSource
    void deadline(Adapter adapter) throws Exception {
        Holdfast.Builder brief = bench.azure().deadline(Duration.ofSeconds(3));
        assertThat(always(adapter, 503, brief).reason()).isEqualTo(StopReason.DEADLINE);
    }

    @ParameterizedTest
    @EnumSource
    void hintTooLong(Adapter adapter) throws Exception {
        bench.answers(Bench.answer(429, "{}").addHeader("Retry-After", "3600").build());
        assertThat(through(adapter, bench.azure()).reason()).isEqualTo(StopReason.RETRY_AFTER_TOO_LONG);
    }

    @ParameterizedTest
    @EnumSource
    void budget(Adapter adapter) throws Exception {
        bench.script.always(Bench.status(503));
        Holdfast.Builder eager = bench.here(Holdfast.builder(AzureImds.SERVICE))
                .limits("default", Limits.NONE)
                .maxAttempts(100)
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofMillis(1)));
        Outcome outcome = through(adapter, eager);
        assertThat(outcome.reason()).isEqualTo(StopReason.BUDGET);
        assertThat(outcome.attempts()).hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void notRepeatable(boolean async) {
        bench.script.always(Bench.status(503));
        Request once = bench.get(Bench.INSTANCE)
                .newBuilder()
                .tag(CallOptions.class, CallOptions.none().withReplay(RetrySafety.NEVER))
                .build();
        Outcome outcome = Adapter.reply(bench.call(bench.azure(), once), async).outcome();
        assertThat(outcome.reason()).isEqualTo(StopReason.NOT_REPEATABLE);
    }

    @ParameterizedTest
    @EnumSource
    void hostRefused(Adapter adapter) throws Exception {
        Ask elsewhere = new Ask("GET", "http://198.51.100.7/metadata/instance", Headers.of());
        Reply reply = adapter.call(bench, bench.azure().build(), elsewhere);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.HOST_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancelled(boolean async) {
        Call call = bench.call(bench.azure());
        call.cancel();
        assertThat(Adapter.reply(call, async).outcome().reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void interrupted() {
        bench.script.always(Bench.status(503));
        Call call = bench.call(bench.azure());
        Thread.currentThread().interrupt();
        Outcome outcome = Adapter.reply(call, false).outcome();
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
            Reply reply = Adapter.reply(call, async);
            throw reply.thrown();
        });
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.CALLBACK_FAILED);
        assertThat(thrown).hasStackTraceContaining("no dice");
    }

    /** At the engine: no adapter can renew a credential yet. */
    @Test
    void refusedAgain() {
        RetryEngine engine = new RetryEngine(AzureImds.SERVICE.policy(), Randomness.seeded(1));
        ResponseView answer = ResponseView.of(401, HeaderFields.of(), new byte[0], true);
        Decision refused = renewingOn401().build().decide(answer, null);
        RetryState progress = new RetryState(0, null);
        assertThat(engine.next(progress, refused, RetrySafety.ALWAYS, true, 1)).isInstanceOf(NextStep.Renew.class);
        assertThat(engine.next(progress, refused, RetrySafety.ALWAYS, true, 2))
                .isEqualTo(new NextStep.Stop(StopReason.REFUSED_AGAIN));
    }
}
