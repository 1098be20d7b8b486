package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.call.CallBench;
import dev.holdfast.core.internal.call.FakeAnswer;
import dev.holdfast.core.internal.call.FakeCall;
import dev.holdfast.core.internal.call.FakeResponse;
import dev.holdfast.core.internal.call.Way;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.RequestNotPermittedException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 15: a call that cannot be served before its deadline is refused at once; a wait in the limiter is part of the deadline. */
class EndpointLimiterRefusalTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @RegisterExtension
    final CallBench bench = CallBench.skipping();

    private Holdfast.Builder narrow(Duration deadline) {
        return bench.holdfast()
                .limits("default", Queue.every(INTERVAL))
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(1)))
                .deadline(deadline);
    }

    @ParameterizedTest
    @CsvSource({"1, BLOCKING", "5, BLOCKING", "10, BLOCKING", "1, ASYNC", "5, ASYNC", "10, ASYNC"})
    void refusedAtOnceWithNothingSent(int seconds, Way way) throws Exception {
        bench.service.always(FakeAnswer.ok());
        Holdfast holdfast = narrow(Duration.ofSeconds(seconds)).build();
        bench.call(holdfast).start(way).close();
        Throwable thrown = bench.call(holdfast).start(way).thrown();
        assertThat(thrown).isInstanceOf(RequestNotPermittedException.class).hasMessageContaining("test/service");
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.NOT_PERMITTED);
        assertThat(Outcome.of(thrown).attempts()).isEmpty();
        assertThat(bench.time.elapsed()).isZero();
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void afterAWaitThereIsACopyOfTheLastAnswer(Way way) throws Exception {
        bench.service.answers(FakeAnswer.status(503));
        FakeResponse last = bench.call(narrow(Duration.ofSeconds(8))).start(way).response();
        assertThat(last.status()).isEqualTo(503);
        assertThat(last.isCopy()).isTrue();
        assertThat(last.outcome().reason()).isEqualTo(StopReason.NOT_PERMITTED);
        assertThat(bench.service.open()).as("connections not given back").isEmpty();
        assertThat(last.body()).contains("some sentence");
        assertThat(bench.time.elapsed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void afterAFaultAndAWaitTheFaultIsSuppressed(Way way) throws Exception {
        IOException reset = new IOException("connection reset");
        bench.service.answers(FakeAnswer.fault(reset));
        Throwable thrown = bench.call(narrow(Duration.ofSeconds(8))).start(way).thrown();
        assertThat(thrown).isInstanceOf(RequestNotPermittedException.class);
        assertThat(thrown.getSuppressed())
                .filteredOn(suppressed -> suppressed instanceof IOException)
                .containsExactly(reset);
        assertThat(Outcome.of(thrown).attempts()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aWaitInTheGateIsPartOfTheDeadline(Way way) throws Exception {
        bench.service.answers(FakeAnswer.ok(), FakeAnswer.status(503));
        Holdfast holdfast = narrow(Duration.ofSeconds(14))
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(5)))
                .build();
        bench.call(holdfast).start(way).close();
        FakeCall late = bench.call(holdfast).start(way);
        Outcome outcome = late.outcome();
        assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(outcome.attempts().get(0).startedAfter()).isEqualTo(INTERVAL);
        assertThat(outcome.total()).isEqualTo(INTERVAL);
    }
}
