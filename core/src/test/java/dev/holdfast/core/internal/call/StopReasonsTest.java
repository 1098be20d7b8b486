package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetrySafety;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The stop reasons that no other test of this package reaches, and what the caller gets with them. */
class StopReasonsTest {
    @RegisterExtension
    final CallBench bench = CallBench.skipping();

    @ParameterizedTest
    @CsvSource({
        "BLOCKING, 200, SUCCEEDED, 1",
        "BLOCKING, 400, FAILED, 1",
        "BLOCKING, 503, ATTEMPTS, 5",
        "ASYNC, 200, SUCCEEDED, 1",
        "ASYNC, 400, FAILED, 1",
        "ASYNC, 503, ATTEMPTS, 5"
    })
    void theStatusAloneLeadsTo(Way way, int status, StopReason reason, int requests) throws Exception {
        bench.service.always(FakeAnswer.status(status));
        FakeCall call = bench.call(bench.unbounded().maxAttempts(5)).start(way);
        assertThat(call.response().status()).isEqualTo(status);
        assertThat(call.response().isCopy()).isFalse();
        assertThat(call.reason()).isEqualTo(reason);
        assertThat(bench.requests()).isEqualTo(requests);
        assertThat(bench.service.discarded()).hasSize(requests - 1);
    }

    @ParameterizedTest
    @EnumSource
    void notRepeatable(Way way) throws Exception {
        bench.service.always(FakeAnswer.status(503));
        CallOptions once = CallOptions.none().withReplay(RetrySafety.NEVER);
        FakeCall call =
                bench.call(bench.unbounded().build(), CallBench.READ, once).start(way);
        assertThat(call.reason()).isEqualTo(StopReason.NOT_REPEATABLE);
        assertThat(bench.requests()).isOne();
    }

    /** A 503 does not say that nothing was done, so a write is not repeated. */
    @ParameterizedTest
    @EnumSource
    void aWriteThatMayHaveBeenDone(Way way) throws Exception {
        bench.service.always(FakeAnswer.status(503));
        FakeCall call = bench.call(bench.unbounded().build(), CallBench.WRITE, CallOptions.none())
                .start(way);
        assertThat(call.reason()).isEqualTo(StopReason.NOT_REPEATABLE);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void callbackFailed(Way way) throws Exception {
        bench.service.always(FakeAnswer.status(503));
        IllegalStateException broken = new IllegalStateException("no dice");
        RandomGenerator random = () -> {
            throw broken;
        };
        FakeCall call = bench.call(bench.unbounded().random(random)).start(way);
        assertThat(call.thrown()).isSameAs(broken);
        assertThat(call.reason()).isEqualTo(StopReason.CALLBACK_FAILED);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void earlierFaultsAreSuppressedInTheLast(Way way) throws Exception {
        IOException first = new IOException("first");
        IOException last = new IOException("last");
        bench.service.answers(FakeAnswer.fault(first), FakeAnswer.fault(last));
        FakeCall call = bench.call(bench.unbounded().maxAttempts(2)).start(way);
        assertThat(call.thrown()).isSameAs(last).hasSuppressedException(first);
        Outcome outcome = call.outcome();
        assertThat(outcome.reason()).isEqualTo(StopReason.ATTEMPTS);
        assertThat(outcome.attempts()).hasSize(2);
    }
}
