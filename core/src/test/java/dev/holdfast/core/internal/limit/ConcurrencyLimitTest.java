package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.call.CallBench;
import dev.holdfast.core.internal.call.FakeAnswer;
import dev.holdfast.core.internal.call.FakeCall;
import dev.holdfast.core.internal.call.FakeResponse;
import dev.holdfast.core.internal.call.Way;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import io.github.resilience4j.retry.RetryRegistry;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One place at a limiter for one at once: whichever way the first call ends, the second gets the place then and not before. */
class ConcurrencyLimitTest {
    @RegisterExtension
    final CallBench bench = CallBench.manual();

    private Holdfast.Builder single() {
        return bench.unbounded()
                .limits("default", Limits.NONE.concurrency(1))
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(10)));
    }

    /** Waits in the limiter: its expiry is the one thing that is pending. */
    private FakeCall queued(Holdfast holdfast, Way way) throws InterruptedException {
        int before = bench.time.pending();
        FakeCall second = bench.call(holdfast).start(way);
        bench.time.awaitWaiters(before + 1);
        assertThat(second.hasEnded()).isFalse();
        return second;
    }

    @ParameterizedTest
    @EnumSource
    void closed(Way way) throws Exception {
        bench.service.always(FakeAnswer.ok());
        Holdfast holdfast = single().build();
        FakeResponse first = bench.call(holdfast).start(way).response();
        FakeCall second = queued(holdfast, way);
        assertThat(bench.requests()).isOne();
        first.close();
        assertThat(second.close()).isEqualTo(200);
        first.close();
        assertThat(bench.call(holdfast).start(way).close()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void copiedBeforeAWait(Way way) throws Exception {
        bench.service.answers(FakeAnswer.status(503));
        bench.service.always(FakeAnswer.ok());
        Holdfast holdfast = single().build();
        FakeCall first = bench.call(holdfast).start(way);
        bench.time.awaitWaiters(1);
        assertThat(bench.call(holdfast).start(way).close()).isEqualTo(200);
        assertThat(first.hasEnded()).isFalse();
        bench.time.advance(Duration.ofSeconds(10));
        assertThat(first.close()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void aFault(Way way) throws Exception {
        FakeAnswer reset = FakeAnswer.fault(new IOException("reset")).held();
        bench.service.answers(reset, FakeAnswer.ok());
        Holdfast holdfast = single().maxAttempts(1).build();
        FakeCall first = bench.call(holdfast).start(way);
        bench.service.awaitRequest();
        FakeCall second = queued(holdfast, way);
        reset.release();
        assertThat(first.thrown()).hasMessage("reset");
        assertThat(second.close()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void aCancelInTheAttempt(Way way) throws Exception {
        bench.service.answers(FakeAnswer.ok().held(), FakeAnswer.ok());
        Holdfast holdfast = single().build();
        FakeCall first = bench.call(holdfast).start(way);
        bench.service.awaitRequest();
        FakeCall second = queued(holdfast, way);
        first.cancel();
        assertThat(first.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(second.close()).isEqualTo(200);
    }

    /** The place stays taken until the attempt has really ended, however early the caller lost interest. */
    @ParameterizedTest
    @EnumSource
    void anAnswerThatComesAfterTheCancel(Way way) throws Exception {
        FakeAnswer late = FakeAnswer.ok().heldWhateverHappens();
        bench.service.answers(late, FakeAnswer.ok());
        Holdfast holdfast = single().build();
        FakeCall first = bench.call(holdfast).start(way);
        bench.service.awaitRequest();
        FakeCall second = queued(holdfast, way);
        first.cancel();
        assertThat(second.hasEnded()).isFalse();
        late.release();
        assertThat(first.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(second.close()).isEqualTo(200);
    }

    /** Without handing out as the last thing in CallState.succeeded, the place of the first call would be lost for ever. */
    @ParameterizedTest
    @EnumSource
    void aConsumerOfEventsThatThrows(Way way) throws Exception {
        bench.service.answers(FakeAnswer.status(503));
        bench.service.always(FakeAnswer.ok());
        RetryRegistry registry = RetryRegistry.ofDefaults();
        Holdfast holdfast = single().retryRegistry(registry).build();
        registry.retry("test/service").getEventPublisher().onSuccess(event -> {
            throw new IllegalStateException("broken consumer");
        });
        FakeCall first = bench.call(holdfast).start(way);
        bench.time.awaitWaiters(1);
        bench.time.advance(Duration.ofSeconds(10));
        assertThat(first.thrown()).hasMessage("broken consumer");
        assertThat(bench.call(holdfast).start(way).close()).isEqualTo(200);
    }
}
